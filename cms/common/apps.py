from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "cms.common"
    label = "common"
    verbose_name = "Osallistu"

    def ready(self) -> None:
        from cms.common import ratelimit, signals, workflowmail  # noqa: F401  (connect the page cache to content changes, and mail)
        from cms.common.retention import RetentionPolicy, register

        register(
            RetentionPolicy(
                name="common.counters",
                what=_("montako kertaa samasta osoitteesta on tehty jotakin: laskuri, josta osoitetta ei saa selville"),
                days=1,
                purge=ratelimit.purge_counters,
            )
        )
