from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class BudgetingBlocksConfig(AppConfig):
    name = "budgeting_blocks"
    verbose_name = "Osallistuva budjetointi"

    def ready(self) -> None:
        from budgeting_blocks import signals  # noqa: F401  (tells authors of publication)
        from budgeting_blocks.models import Area, Screening, Theme
        from budgeting_blocks.services import comments, voices
        from budgeting_blocks.services.codes import KEPT_DAYS, purge_codes
        from budgeting_blocks.services.proposals import purge_contacts
        from cms.common.pagecache import invalidate_on_save
        from cms.common.retention import RetentionPolicy, register

        invalidate_on_save(Theme, Area, Screening)
        register(
            RetentionPolicy(
                name="budgeting_blocks.contacts",
                what=_("Osallistuvan budjetoinnin ehdotusten tekijöiden sähköpostiosoitteet"),
                days=settings.PROPOSAL_CONTACT_DAYS,
                purge=purge_contacts,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.supports",
                what=_("Tunnisteet, joista näkee, onko sama henkilö kannattanut ehdotusta kahdesti"),
                days=voices.SUPPORT_HASH_DAYS,
                purge=voices.purge_supports,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.follows",
                what=_("Ehdotuksia seuraavien sähköpostiosoitteet"),
                days=voices.FOLLOW_DAYS,
                purge=voices.purge_follows,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.comments",
                what=_("Ehdotusten kommentoijien nimet ja nimimerkit"),
                days=comments.COMMENT_NAME_DAYS,
                purge=comments.purge_comments,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.comment_reports",
                what=_("Ilmoitukset asiattomista kommenteista"),
                days=comments.REPORT_DAYS,
                purge=comments.purge_reports,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.voting_codes",
                what=_("Osallistuvan budjetoinnin äänestyskoodit tuloksen julkaisemisen jälkeen"),
                days=KEPT_DAYS,
                purge=purge_codes,
            )
        )
