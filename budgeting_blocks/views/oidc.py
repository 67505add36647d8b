"""Strong identification by OpenID Connect, through allauth's flow and without its accounts.

allauth talks with the broker; as soon as it knows who came, `ResidentAdapter` takes over: the person becomes a keyed hash in
the register, and allauth gets no chance to make a user, an account or a sign-in, each of which would keep who voted when.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.internal.statekit import STATES_SESSION_KEY
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from budgeting_blocks.domain.eligibility import Facts, birth_of_hetu
from budgeting_blocks.domain.rules import MeansKind
from budgeting_blocks.models import Round
from budgeting_blocks.permissions.rights import can_get_right
from budgeting_blocks.selectors.rules import rules_in_force
from budgeting_blocks.services.persons import PersonKind, person_hash
from budgeting_blocks.services.rights import RightRefused, RightUnknown, give_right
from budgeting_blocks.views.rights import MEANS, identified
from budgeting_blocks.views.shared import around, public_round
from cms.common.http import private

logger = logging.getLogger(__name__)

_ROUND, _LANGUAGE = "voting_round", "voting_language"


@require_safe
@never_cache
def begin(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Off to the broker. The round travels in allauth's state, which the browser cannot change."""
    round = public_round(slug)
    if not settings.OIDC_ISSUER:
        raise Http404
    if not (decision := can_get_right(round, MeansKind.OIDC, rules_in_force(round).means, timezone.now())):
        return _refused(request, round, decision.reason)
    provider = get_adapter(request).get_provider(request, provider=settings.OIDC_PROVIDER_ID)
    try:
        return private(provider.redirect(request, process="login", **{_ROUND: slug, _LANGUAGE: get_language()}))
    except RequestException:
        logger.exception("The broker of strong identification does not answer")
        return _refused(request, round, _("Tunnistuspalvelu ei vastaa juuri nyt. Yritä hetken päästä uudelleen."))


class ResidentAdapter(DefaultSocialAccountAdapter):
    """Ends allauth's flow where the person is known."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        # The broker sends everybody back to one address, in whatever language they vote.
        translation.activate(sociallogin.state.get(_LANGUAGE) or settings.LANGUAGE_CODE)
        round = public_round(str(sociallogin.state.get(_ROUND, "")))
        account = sociallogin.account
        claims = {**account.extra_data.get("id_token", {}), **account.extra_data.get("userinfo", {})}
        response: HttpResponseBase
        try:
            secret = _give(round, str(account.uid), claims)
        except RightRefused as refusal:
            response = _refused(request, round, refusal.message, final=not isinstance(refusal, RightUnknown))
        else:
            response = private(identified(request, round, secret))
        _forget(request)
        raise ImmediateHttpResponse(response)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        state = (extra_context or {}).get("state") or {}
        translation.activate(state.get(_LANGUAGE) or settings.LANGUAGE_CODE)
        round = Round.objects.filter(live=True, slug=state.get(_ROUND, "")).first()
        _forget(request)
        reason = _("Tunnistautuminen keskeytyi tai ei onnistunut. Mitään ei tallennettu. Voit yrittää uudelleen.")
        raise ImmediateHttpResponse(_refused(request, round, reason))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: residents have no accounts."""
        return False


def _give(round: Round, subject: str, claims: dict[str, Any]) -> str:
    hetu = str(claims.get(settings.OIDC_PERSON_CLAIM, "") or "")
    kind = PersonKind.HETU if hetu else PersonKind.SUBJECT
    home = claims.get(settings.OIDC_MUNICIPALITY_CLAIM)
    facts = Facts(
        birth=_birth(claims.get("birthdate")) or birth_of_hetu(hetu),
        resident=None if home in (None, "") else str(home) == settings.HOME_MUNICIPALITY,
    )
    person = person_hash(round, kind, hetu or f"{settings.OIDC_ISSUER}|{subject}")
    return give_right(round=round, means=MeansKind.OIDC, person=person, facts=facts, now=timezone.now())


def _birth(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _forget(request: HttpRequest) -> None:
    """Leave nothing of the visit in the sessions; a member of staff who is signed in stays so."""
    if request.user.is_authenticated:
        request.session.pop(STATES_SESSION_KEY, None)
    else:
        request.session.flush()


def _refused(request: HttpRequest, round: Round | None, reason: str, *, final: bool = False) -> HttpResponse:
    title = _("Tunnistautuminen")
    context = {"round": round, "reason": reason, "title": title, "final": final} | (
        around(round, title) if round else {}
    )
    response = render(request, f"{MEANS}/refused.html", context, status=403)
    return private(response)
