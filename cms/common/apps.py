from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "cms.common"
    label = "common"
    verbose_name = "Osallistu"

    def ready(self) -> None:
        from cms.common import signals, workflowmail  # noqa: F401  (connect the page cache to content changes, and mail)
