"""Text as people search and sort it, the same in every database. Plain Python.

SQLite compares only ASCII letters without regard to case, and PostgreSQL sorts as its own locale says, so what is searched
and sorted is stored folded.
"""

import unicodedata

# å, ä, ö are letters of their own, after z. What follows "zz" sorts there in every collation.
_FINNISH_ORDER = str.maketrans({"å": "zza", "ä": "zzb", "ö": "zzc"})
_MAX_WORDS = 6


def fold(text: str) -> str:
    """Lower case, composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text.casefold()).split())


def sort_key(title: str) -> str:
    """A key that puts titles into the Finnish alphabetical order."""
    letters = "".join(sign for sign in fold(title) if sign.isalnum() or sign == " ")
    return letters.translate(_FINNISH_ORDER).strip()


def search_words(query: str) -> tuple[str, ...]:
    """The different words of a query, folded; at most six, so that nobody can make a search dear."""
    return tuple(dict.fromkeys(fold(query).split()))[:_MAX_WORDS]
