"""Codes that people read from paper and type on a phone."""

import secrets

# No 0/O, 1/I/L, U/V: what is easily mixed up when read aloud or from paper. 28 signs, 4.8 bits each.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWX"
_LOOKALIKES = str.maketrans({"Y": "V", "U": "V"})


def random_code(length: int) -> str:
    """A code of `length` random signs in groups of four: `7KQD-M2XA-93TB`."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(signs[i : i + 4] for i in range(0, length, 4))


def code_from_bytes(digest: bytes, length: int) -> str:
    """A code of `length` signs worked out from a digest, always the same from the same."""
    number, signs = int.from_bytes(digest, "big"), ""
    for _position in range(length):
        number, place = divmod(number, len(ALPHABET))
        signs += ALPHABET[place]
    return normalise_code(signs)


def normalise_code(text: str) -> str:
    """The code as stored, from whatever a person typed: spaces, hyphens and case do not matter."""
    signs = "".join(sign for sign in text.upper().translate(_LOOKALIKES) if sign.isalnum())
    return "-".join(signs[i : i + 4] for i in range(0, len(signs), 4))
