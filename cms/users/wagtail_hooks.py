from wagtail import hooks

from cms.users.viewsets import UnitViewSet


@hooks.register("register_admin_viewset")
def register_units() -> UnitViewSet:
    return UnitViewSet("units", url_prefix="units")
