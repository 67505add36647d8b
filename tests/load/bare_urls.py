"""The site's addresses and one more: a bare view that does the two inserts of a vote in one transaction and nothing else."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from budgeting_blocks.models import Ballot, BallotChoice
from cms.urls import urlpatterns as site_urlpatterns


@csrf_exempt
@transaction.atomic
def bare_vote(request: HttpRequest) -> HttpResponse:
    """A ballot and its choices, without a question asked."""
    ballot = Ballot(round_id=int(request.POST["round"]))
    Ballot.objects.bulk_create([ballot])
    BallotChoice.objects.bulk_create(
        [BallotChoice(ballot=ballot, proposal_id=int(pk)) for pk in request.POST.getlist("proposals")]
    )
    return HttpResponse("ok")


urlpatterns = [path("bare-vote/", bare_vote), *site_urlpatterns]
