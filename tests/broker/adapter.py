"""What the broker tells of its people, as a Finnish broker does."""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from tests.broker.people import PEOPLE


class BrokerAdapter(DefaultOIDCAdapter):
    def get_claims(self, purpose: str, user: Any, client: Any, scopes: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_claims(purpose, user, client, scopes, **kwargs) | PEOPLE[user.username]
