from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def _drop_guards(**_kwargs: object) -> None:
    """SQLite cannot rebuild a table that a trigger of another one looks into."""
    from budgeting_blocks.models import guards

    guards.drop()


def _install_guards(**_kwargs: object) -> None:
    from budgeting_blocks.models import guards

    guards.install()


class BudgetingBlocksConfig(AppConfig):
    name = "budgeting_blocks"
    verbose_name = "Osallistuva budjetointi"

    def ready(self) -> None:
        from budgeting_blocks import signals  # noqa: F401  (tells authors of publication)
        from budgeting_blocks.models import Area, CriterionFinding, ProposalMerge, Screening, Theme
        from budgeting_blocks.services.asking import purge_questions
        from budgeting_blocks.services.codes import KEPT_DAYS, purge_codes
        from budgeting_blocks.services.drafts import DRAFT_DAYS as PROPOSAL_DRAFT_DAYS
        from budgeting_blocks.services.drafts import purge_drafts
        from budgeting_blocks.services.importing import DRAFT_DAYS, purge_imports
        from budgeting_blocks.services.merging import purge_objections
        from budgeting_blocks.services.photos import PHOTO_DAYS, purge_photos
        from budgeting_blocks.services.proposals import purge_contacts
        from budgeting_blocks.services.voice_retention import register_policies
        from cms.common.pagecache import invalidate_on_save
        from cms.common.retention import RetentionPolicy, register

        pre_migrate.connect(_drop_guards, sender=self, dispatch_uid="budgeting-guards-away")
        post_migrate.connect(_install_guards, sender=self, dispatch_uid="budgeting-guards")
        invalidate_on_save(Theme, Area, Screening, CriterionFinding, ProposalMerge)
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
                name="budgeting_blocks.drafts",
                what=_("Osallistuvan budjetoinnin ehdotusten lähettämättömät luonnokset"),
                days=PROPOSAL_DRAFT_DAYS,
                purge=purge_drafts,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.photos",
                what=_("Osallistuvan budjetoinnin ehdotusten kuvat, joita ei julkaistu tai jotka on vaihdettu"),
                days=PHOTO_DAYS,
                purge=purge_photos,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.voting_rights",
                what=_("Osallistuvan budjetoinnin äänestyskoodit tuloksen julkaisemisen jälkeen"),
                days=KEPT_DAYS,
                purge=purge_codes,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.questions",
                what=_("Osallistuvan budjetoinnin ehdottajille tehdyt kysymykset ja heidän vastauksensa"),
                days=settings.PROPOSAL_CONTACT_DAYS,
                purge=purge_questions,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.objections",
                what=_("Osallistuvan budjetoinnin ehdottajien vastustukset ehdotusten yhdistämiselle"),
                days=settings.PROPOSAL_CONTACT_DAYS,
                purge=purge_objections,
            )
        )
        register(
            RetentionPolicy(
                name="budgeting_blocks.sheets",
                what=_("Osallistuvan budjetoinnin arviointitaulukot, joiden tuonti jäi kesken"),
                days=DRAFT_DAYS,
                purge=purge_imports,
            )
        )
        register_policies()
