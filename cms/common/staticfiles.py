"""Static files as they are served: hashed, compressed, and with one stylesheet in place of its parts.

The parts stay separate files for whoever works on them; `collectstatic` puts them together, so that a page waits for one
answer and not for a chain of them.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_STYLESHEET = "cms/css/site.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IMPORT = re.compile(r'@import url\("(?P<url>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?(?P<media>[^;]*);')
_URL = re.compile(r'url\("(?P<url>[^"]+)"\)')


def bundle_stylesheet(name: str, read: Callable[[str], str]) -> str:
    """The stylesheet `name` with its imports written out, each in its layer and media query, without comments.

    `read` returns the text of a file by its path below the static root. Imports inside imported files are not followed.
    """
    folder = posixpath.dirname(name)

    def inline(match: re.Match[str]) -> str:
        part = posixpath.normpath(posixpath.join(folder, match["url"]))
        css = _rebased(read(part), posixpath.dirname(part), folder)
        if match["layer"]:
            css = f"@layer {match['layer']} {{ {css} }}"
        if media := match["media"].strip():
            css = f"@media {media} {{ {css} }}"
        return css

    return re.sub(r"\s+", " ", _IMPORT.sub(inline, _COMMENT.sub("", read(name)))).strip() + "\n"


def _rebased(css: str, from_folder: str, to_folder: str) -> str:
    """The part's text with its relative addresses seen from the folder of the whole."""

    def rebase(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(from_folder, match["url"]))
        return f'url("{posixpath.relpath(path, to_folder)}")'

    return _URL.sub(rebase, _COMMENT.sub("", css))


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with the site's stylesheet put together before it is hashed."""

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[tuple[str, str, bool]]:
        def read(path: str) -> str:
            storage, source = paths[path]
            with storage.open(source) as file:
                return str(file.read().decode())

        if SITE_STYLESHEET in paths and not options.get("dry_run"):
            memory = InMemoryStorage()
            memory.save(SITE_STYLESHEET, ContentFile(bundle_stylesheet(SITE_STYLESHEET, read).encode()))
            paths = {**paths, SITE_STYLESHEET: (memory, SITE_STYLESHEET)}
        yield from super().post_process(paths, *args, **options)
