"""What staff who only enter the admin cannot look up through Wagtail's choosers."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from cms.users.models import User

MODELS = {"budgeting_blocks_proposal": "view_proposal", "feedback_forms_publicfeedback": "view_publicfeedback"}


@pytest.mark.parametrize("model", MODELS)
def test_drafts_of_residents_are_listed_only_to_those_who_may_see_them(db: None, client: Client, model: str) -> None:
    user = User.objects.create_user("joku", password="x")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    addresses = [
        reverse(f"wagtailsnippetchoosers_{model}:{name}", args=args)
        for name, args in (("choose", []), ("choose_results", []), ("chosen", [1]), ("chosen_multiple", []))
    ]
    # Wagtail's admin sends whoever may not see something to its front page.
    assert all(client.get(url).status_code in (302, 403) for url in addresses)
    user.user_permissions.add(Permission.objects.get(codename=MODELS[model]))
    assert client.get(addresses[0]).status_code == 200
