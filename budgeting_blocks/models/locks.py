"""Why a record cannot be edited for now, said in Wagtail's editor."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class BallotLock(BaseLock):
    """Holds for everybody while people vote on the proposal: all voters must choose from the same texts."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return _("Ehdotus on äänestyksessä, joten sitä ei voi muokata ennen kuin äänet on laskettu.")

    def get_locked_by(self, user: Any) -> str:
        return _("Lukittu äänestyksen ajaksi")

    def get_description(self, user: Any) -> str:
        return self.get_message(user)

    def get_icon(self, user: Any) -> str:
        return "lock"


class MergedLock(BaseLock):
    """Holds for everybody while the proposal lives on in another: it would stand in the gallery beside itself."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return _("Ehdotus on yhdistetty toiseen ehdotukseen. Muokkaa sitä tai pura yhdistäminen.")

    def get_locked_by(self, user: Any) -> str:
        return _("Yhdistetty toiseen")

    def get_description(self, user: Any) -> str:
        return self.get_message(user)

    def get_icon(self, user: Any) -> str:
        return "link"
