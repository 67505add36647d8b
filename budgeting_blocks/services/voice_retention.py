"""How long what residents leave around a proposal is kept."""

from django.utils.translation import gettext_lazy as _

from budgeting_blocks.services import comments, voices
from cms.common.retention import RetentionPolicy, register


def register_policies() -> None:
    """Of supports, follows, comments and reports; called when the app is ready."""
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
