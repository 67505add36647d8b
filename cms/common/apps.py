from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "cms.common"
    label = "common"
    verbose_name = "Osallistu"

    def ready(self) -> None:
        from cms.common import signals  # noqa: F401  (connects the page cache to content changes)
