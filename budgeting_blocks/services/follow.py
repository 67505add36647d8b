"""The secret of a proposal's private follow-up link.

The link holds a token, the database only the token's hash. The token is derived from the submission key, so that the same
form sent twice gets the same link both times, without the token being kept anywhere.
"""

import hashlib

from django.utils.crypto import salted_hmac

_SALT = "budgeting_blocks.follow"


def follow_token(submission_key: str) -> str:
    """64 hexadecimal signs that nobody can guess."""
    return salted_hmac(_SALT, submission_key, algorithm="sha256").hexdigest()


def hash_token(token: str) -> str:
    """What the database keeps of a token. The token is long and random, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
