"""What the builders share: the moment, the people, pages made so far, and short ways to make more."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.text import slugify
from wagtail.blocks import Block, CharBlock, ListBlock, StructBlock, TextBlock, URLBlock
from wagtail.models import Page, Site, WorkflowMixin

from cms.images.models import CityImage
from cms.users.models import Unit, User
from home.demo.pictures import PICTURES
from home.models import HomePage
from participation_pages.body import BodyBlock

P = TypeVar("P", bound=Page)
_NAMESPACE = uuid.UUID("5d0cdb5e-4f53-4d0c-9f5c-2a8a3a1e7a10")


@dataclass
class Demo:
    """`now` is the moment of building, `today` its midnight in the city; `pages`, `users` and `units` go by short names."""

    now: datetime
    today: datetime
    home: HomePage
    users: dict[str, User] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    images: dict[str, CityImage] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> Demo:
        now = timezone.now()
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        home = Site.objects.get(is_default_site=True).root_page.specific
        return cls(now=now, today=today, home=home)

    def day(self, days: int, hour: int = 0, minute: int = 0) -> datetime:
        """A moment so many days from today."""
        return self.today + timedelta(days=days, hours=hour, minutes=minute)

    def image(self, name: str) -> CityImage:
        """One of the drawn pictures, stored when it is first asked for."""
        if name not in self.images:
            picture = PICTURES[name]
            image = CityImage(title=picture.title, description=picture.alt, credit="Osallistu", file=picture.as_file())
            image.full_clean(exclude=["file_hash", "width", "height"])
            image.save()
            self.images[name] = image
        return self.images[name]

    def add_page(self, name: str, parent: Page, page: P) -> P:
        """Put a page below `parent` and publish it, as the communications officer would."""
        editor = self.users["viestinta"]
        page.owner, page.locale, page.live = editor, parent.locale, False
        page.slug = page.slug or slugify(page.title)
        parent.refresh_from_db()
        parent.add_child(instance=page)
        page.save_revision(user=editor, log_action=True).publish(user=editor)
        page.refresh_from_db()
        self.pages[name] = page
        return page

    def approve(self, record: WorkflowMixin) -> None:
        """A moderator's yes to what waits in the workflow; the record as published is read back."""
        record.current_workflow_task_state.approve(user=self.users["moderaattori"])
        record.refresh_from_db()


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment by the city's clock."""
    return timezone.make_aware(datetime(year, month, day, hour, minute))  # noqa: DTZ001  (made aware here)


_BODY = BodyBlock()


def _as_sent(block: Block, value: Any) -> Any:
    """The value as an editor's form would send it: optional texts empty rather than absent, list items with ids."""
    if isinstance(block, ListBlock):
        items = [_as_sent(block.child_block, item) for item in value]
        return [{"type": "item", "value": item, "id": _block_id(place, item)} for place, item in enumerate(items)]
    if not isinstance(block, StructBlock) or not isinstance(value, dict):
        return value
    texts = (CharBlock, TextBlock, URLBlock)
    empty = {name: "" for name, child in block.child_blocks.items() if isinstance(child, texts)}
    return empty | {name: _as_sent(block.child_blocks[name], part) for name, part in value.items()}


def _block_id(place: int, value: Any) -> str:
    return str(uuid.uuid5(_NAMESPACE, f"{place}:{json.dumps(value, default=str)}"))


def body(*blocks: tuple[str, Any]) -> Any:
    """A page's body as its JSON text, typed for the field that it is given to; block ids depend on place and content only."""
    filled = [(kind, _as_sent(_BODY.child_blocks[kind], value)) for kind, value in blocks]
    stream = [
        {"type": kind, "value": value, "id": _block_id(place, [kind, value])}
        for place, (kind, value) in enumerate(filled)
    ]
    return json.dumps(stream)


def heading(text: str, level: str = "h2") -> tuple[str, Any]:
    return "heading", {"text": text, "level": level}


def text(*paragraphs: str) -> tuple[str, Any]:
    """Rich text; a paragraph that begins with `<` is HTML already."""
    return "rich_text", "".join(p if p.startswith("<") else f"<p>{p}</p>" for p in paragraphs)


def notice(kind: str, title: str, words: str) -> tuple[str, Any]:
    return "notice", {"kind": kind, "title": title, "text": f"<p>{words}</p>"}


def link_to(page: Page | None = None, url: str = "") -> dict[str, Any]:
    return {"page": page.pk if page else None, "url": url}
