"""What each role may do: the rooms' own lists (`<app>/roles.py`) and, on top of them, pages, images and documents."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from cms.users.roles import Role, group_of

_CHANGE = ("add", "change")
_MANAGE = ("add", "change", "delete", "view")


def _names(app: str, models: Iterable[str], actions: Iterable[str] = _MANAGE) -> tuple[str, ...]:
    return tuple(f"{app}.{action}_{model}" for model in models for action in actions)


# What the site as a whole adds to the rooms' lists.
SITE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("wagtail_localize.submit_translation",),
    Role.COMMUNICATIONS: (
        "wagtail_localize.submit_translation",
        "home.change_citysettings",
        *_names("wagtailredirects", ["redirect"]),
        *_names("wagtailsearchpromotions", ["searchpromotion"]),
    ),
    Role.ADMINISTRATOR: (
        "wagtail_localize.submit_translation",
        "home.change_citysettings",
        *_names("users", ["user", "unit"]),
        *_names("auth", ["group"]),
        *_names("wagtailcore", ["site", "locale", "collection", "workflow", "task"]),
        *_names("wagtailredirects", ["redirect"]),
        *_names("wagtailsearchpromotions", ["searchpromotion"]),
    ),
}
# On the root of the page tree.
PAGE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.COMMUNICATIONS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.ADMINISTRATOR: ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}
# On the root collection.
FILE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add_image", "choose_image", "add_document", "choose_document"),
    Role.COMMUNICATIONS: (
        *("add_image", "change_image", "choose_image"),
        *("add_document", "change_document", "choose_document"),
    ),
}
FILE_PERMISSIONS[Role.ADMINISTRATOR] = FILE_PERMISSIONS[Role.COMMUNICATIONS]


def role_permissions() -> dict[Role, set[str]]:
    """Every role's model permissions, as "app_label.codename". Administrators have all that any role has."""
    merged: dict[Role, set[str]] = {
        role: {"wagtailadmin.access_admin", *SITE_PERMISSIONS.get(role, ())} for role in Role
    }
    for config in apps.get_app_configs():
        name = f"{config.name}.roles"
        if find_spec(name) is None:
            continue
        for role, names in getattr(import_module(name), "ROLE_PERMISSIONS", {}).items():
            merged[role].update(names)
    merged[Role.ADMINISTRATOR].update(*merged.values())
    return merged


def find_permissions(names: Iterable[str]) -> list[Permission]:
    """The permissions of these names. Raises LookupError that names the first one which does not exist."""
    wanted = list(names)
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    missing = sorted(set(wanted) - set(known))
    if missing:
        raise LookupError(f"No such permission: {missing[0]}. Correct the roles.py that names it.")
    return [known[name] for name in wanted]


def ensure_roles() -> None:
    """A group for each role, with at least the permissions that the code gives it."""
    page_root, file_root = Page.objects.get(depth=1), Collection.get_first_root_node()
    for role, names in role_permissions().items():
        group = group_of(role)
        group.permissions.add(*find_permissions(names))
        for permission in find_permissions(f"wagtailcore.{name}" for name in PAGE_PERMISSIONS.get(role, ())):
            GroupPagePermission.objects.get_or_create(group=group, page=page_root, permission=permission)
        for name in FILE_PERMISSIONS.get(role, ()):
            app = "wagtailimages" if name.endswith("_image") else "wagtaildocs"
            (permission,) = find_permissions([f"{app}.{name}"])
            GroupCollectionPermission.objects.get_or_create(group=group, collection=file_root, permission=permission)
    _remove_unused_default_groups()


def _remove_unused_default_groups() -> None:
    """Wagtail makes two groups of its own, which would stand beside the roles and confuse."""
    Group.objects.filter(name__in=("Moderators", "Editors"), user=None).delete()
