from django.apps import AppConfig


class ParticipationPagesConfig(AppConfig):
    name = "participation_pages"
    verbose_name = "Osallistumisen sivut"

    def ready(self) -> None:
        from cms.common.pagecache import invalidate_on_save
        from participation_pages.forums.models import ForumTheme

        invalidate_on_save(ForumTheme)

        from participation_pages.panels.setup import connect_panels

        connect_panels()
