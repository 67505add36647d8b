from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Etusivu ja asetukset"

    def ready(self) -> None:
        from cms.common.pagecache import invalidate_on_save
        from home.models import CitySettings, FooterLink, SocialLink

        invalidate_on_save(CitySettings, FooterLink, SocialLink)
