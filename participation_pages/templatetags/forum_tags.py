"""What forum templates ask for."""

from django import template
from django.utils import timezone
from wagtail.models import Locale

from participation_pages.forums.blocks import ForumAnnouncementsValue
from participation_pages.forums.cards import EventCard, event_card, hold_until
from participation_pages.forums.examples import example_announcements, example_events, example_past_events
from participation_pages.forums.listing import BlockBoard, ForumBoard, block_board, forum_board
from participation_pages.forums.models import EventPage, ForumPage

register = template.Library()


@register.simple_tag(takes_context=True)
def forum_block(context: template.Context, value: ForumAnnouncementsValue) -> BlockBoard:
    """What a forum block shows on the page being rendered; examples in the block menu's picture."""
    if context.get("show_examples"):
        return BlockBoard(example_announcements(), example_events(), example_past_events())
    page = context.get("page")
    locale = page.locale if page is not None else Locale.get_active()
    return block_board(value, context.get("request"), locale, timezone.now())


@register.simple_tag(takes_context=True)
def forum_lists(context: template.Context, page: ForumPage) -> ForumBoard:
    """The announcements and events of the forum's own page."""
    return forum_board(page, context["request"], timezone.now())


@register.simple_tag(takes_context=True)
def event_now(context: template.Context, page: EventPage) -> EventCard:
    """The event as it stands at this moment; tells the page cache when that changes."""
    now = timezone.now()
    hold_until(context.get("request"), [page], now)
    return event_card(page, now, url=page.get_url(context.get("request")) or "")
