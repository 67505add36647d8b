"""Codes and hashes of applications: what an applicant holds, and what the database keeps of it.

An application's code is made from the form's own key, so that a double click gives the same code again without its being
stored. Every code carries a check part that only this site can make. Whoever applies a second time gets such a code too; it
belongs to no application, and nobody but the holder of the e-mail address can tell which kind it is.
"""

import hmac
import unicodedata

from django.utils.crypto import salted_hmac

from cms.common.textkeys import ALPHABET, normalise_code

_SALT = "participation_pages.panels"
_BODY_LENGTH = 12
_CHECK_LENGTH = 4


def _keyed(purpose: str, text: str) -> str:
    return salted_hmac(f"{_SALT}.{purpose}", text, algorithm="sha256").hexdigest()


def _signs(digest: str, length: int) -> str:
    number, signs = int(digest, 16), []
    for _sign in range(length):
        number, index = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[index])
    return "".join(signs)


def person_hash(panel_pk: int, *, email: str, phone: str) -> str:
    """The same for the same address (or phone number, where there is no address) in one panel, unlike in any other panel."""
    address = unicodedata.normalize("NFKC", email).strip().casefold()
    number = "".join(sign for sign in phone if sign.isdigit() or sign == "+")
    return _keyed("person", f"{panel_pk}:{address or number}")


def submission_hash(form_key: str, person: str) -> str:
    """Names one sending of one form by one person; two people can use the same open form one after the other."""
    return _keyed("submission", f"{form_key}:{person}")


def code_for(submission: str) -> str:
    """The code of a sending, in groups of four signs."""
    body = _signs(_keyed("code", submission), _BODY_LENGTH)
    return normalise_code(body + _check_part(body))


def is_our_code(code: str) -> bool:
    """Whether this site has given out this (normalised) code, to an application or not."""
    signs = code.replace("-", "")
    if len(signs) != _BODY_LENGTH + _CHECK_LENGTH:
        return False
    return hmac.compare_digest(signs[_BODY_LENGTH:].encode(), _check_part(signs[:_BODY_LENGTH]).encode())


def code_hash(code: str) -> str:
    """What the database keeps of a normalised code."""
    return _keyed("reference", code)


def _check_part(body: str) -> str:
    return _signs(_keyed("check", body), _CHECK_LENGTH)
