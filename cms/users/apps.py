from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    name = "cms.users"
    label = "users"
    verbose_name = "Käyttäjät ja yksiköt"

    def ready(self) -> None:
        from cms.users import checks  # noqa: F401  (registers the system check)


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own user admin, with the fields of our user."""

    user_viewset = "cms.users.viewsets.StaffViewSet"
