from django.apps import AppConfig


class BudgetingBlocksConfig(AppConfig):
    name = "budgeting_blocks"
    verbose_name = "Osallistuva budjetointi"

    def ready(self) -> None:
        from budgeting_blocks.models import Area, Screening, Theme
        from cms.common.pagecache import invalidate_on_save

        invalidate_on_save(Theme, Area, Screening)
