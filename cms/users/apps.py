from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(AppConfig):
    default = True  # this module holds two configurations
    name = "cms.users"
    label = "users"
    verbose_name = "Käyttäjät ja yksiköt"

    def ready(self) -> None:
        from cms.common.retention import RetentionPolicy, register
        from cms.users import checks  # noqa: F401  (registers the system check)
        from cms.users.retention import FAILURE_DAYS, purge_failed_sign_ins

        register(
            RetentionPolicy(
                name="sign_in_failures",
                what=_("epäonnistuneiden kirjautumisten käyttäjätunnus ja verkko-osoite"),
                days=FAILURE_DAYS,
                purge=purge_failed_sign_ins,
            )
        )


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own user admin, with the fields of our user."""

    user_viewset = "cms.users.viewsets.StaffViewSet"
