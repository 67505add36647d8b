from django.test import Client

from home.models import HomePage


def test_the_front_page_opens(client: Client, home_page: HomePage) -> None:
    assert client.get("/").status_code in (200, 302)
