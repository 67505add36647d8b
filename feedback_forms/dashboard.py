"""What of feedback awaits the signed-in member of staff."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.common.dashboard import WaitingItem
from feedback_forms.choices import CaseState
from feedback_forms.querysets import VIEW_CASES
from feedback_forms.selectors import awaiting_publication, waiting_cases


def waiting_items(request: HttpRequest) -> Iterator[WaitingItem]:
    """New and late cases of the user's units, and public copies for those who publish them."""
    if request.user.has_perm(VIEW_CASES):
        waiting = waiting_cases(request.user, timezone.now())
        inbox = reverse("feedback_cases:index")
        yield WaitingItem(_("Uusia palautteita"), waiting.untouched, f"{inbox}?state={CaseState.RECEIVED}")
        yield WaitingItem(_("Myöhässä olevia palautteita"), waiting.overdue, f"{inbox}?due=overdue")
    if request.user.has_perm("feedback_forms.publish_publicfeedback"):
        yield WaitingItem(
            _("Julkaisua odottavia palautteita"),
            awaiting_publication().count(),
            reverse("feedback_public:list") + "?has_unpublished_changes=true",
        )
