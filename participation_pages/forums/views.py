"""An event for one's own calendar."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from participation_pages.forums.choices import EventStatus
from participation_pages.forums.ics import CalendarEvent, calendar_text
from participation_pages.forums.models import EventPage


@require_safe
def event_ics(request: HttpRequest, pk: str) -> HttpResponse:
    """The public event as a calendar file; 404 for one that is not public or has no time yet."""
    event = EventPage.objects.live().public().filter(pk=int(pk), starts_at__isnull=False).first()
    if event is None or event.ends_at is None:
        raise Http404
    published = event.last_published_at or event.latest_revision_created_at or event.starts_at
    changes = published - (event.first_published_at or published)
    text = calendar_text(
        CalendarEvent(
            uid=f"{event.translation_key}@{request.get_host().partition(':')[0]}",
            stamp=published,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            summary=event.title,
            location=", ".join(part for part in (event.place, event.address) if part),
            description=event.introduction,
            url=event.get_full_url(request) or "",
            cancelled=event.status == EventStatus.CANCELLED,
            # Calendars take a change only when the number has grown; seconds since the first publication do.
            sequence=int(changes.total_seconds()),
        )
    )
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(event.slug) or "tapahtuma"}.ics"'
    return response
