"""What panels tell the kernel when the installation starts."""

from django.utils.translation import gettext_lazy as _

from cms.common.pagecache import invalidate_on_save
from cms.common.retention import RetentionPolicy, register
from participation_pages.panels.domain.schedule import KEEP_AFTER_CLOSING
from participation_pages.panels.models import PanelChange, PanelSession
from participation_pages.panels.services import purge_applications


def connect_panels() -> None:
    """Public pages follow sessions and changes at once; applications are deleted on time."""
    invalidate_on_save(PanelSession, PanelChange)
    register(
        RetentionPolicy(
            name="panel_applications",
            what=_(
                "raatihakemukset ja hakijoiden yhteystiedot, haun päättymisestä; perutun haun tiedot kuukauden päästä"
            ),
            days=KEEP_AFTER_CLOSING.days,
            purge=purge_applications,
        )
    )
