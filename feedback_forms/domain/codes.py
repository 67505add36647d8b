"""The follow-up code and its hash.

The code is derived from the submission itself, so that a double click shows the same receipt twice. The database holds only
a keyed hash of the code and a keyed hash of the submission: neither gives the code back.
"""

from __future__ import annotations

import hashlib
import hmac

# 28 signs that are not mixed up on paper, 4.8 bits each: twelve make 57 bits, and guessing is slowed down besides.
CODE_SIGNS = 12


def _digest(secret: str, purpose: str, text: str) -> bytes:
    return hmac.new(f"feedback_forms.{purpose}:{secret}".encode(), text.encode(), hashlib.sha256).digest()


def submission_fingerprint(secret: str, form_key: str, *parts: str) -> str:
    """One sending of one content: `form_key` is the page view's own key, `parts` what the person filled in.

    The same page sent twice gives the same fingerprint; the same page with another text (the browser's back button) another.
    """
    text = "\x1f".join(
        (form_key, *(hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest() for part in parts))
    )
    return _digest(secret, "submission", text).hex()


def follow_code(secret: str, form_key: str, fingerprint: str, alphabet: str) -> str:
    """The code of a submission, twelve signs of `alphabet` in groups of four. Needs the form's own key, which is stored
    nowhere."""
    number = int.from_bytes(_digest(secret, "code", f"{form_key}:{fingerprint}"))
    signs = []
    for _position in range(CODE_SIGNS):
        number, sign = divmod(number, len(alphabet))
        signs.append(alphabet[sign])
    return "-".join("".join(signs[start : start + 4]) for start in range(0, CODE_SIGNS, 4))


def code_hash(secret: str, code: str) -> str:
    """What is stored of a code (in its normalised form): 64 hexadecimal digits."""
    return _digest(secret, "follow", code).hex()
