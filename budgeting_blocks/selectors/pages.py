"""Which page shows a round. The pages are in a higher room, so it is asked of Wagtail's own index of references."""

from django.db.models import BigIntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from budgeting_blocks.models import Round


def page_of_round(round: Round, language: str) -> Page | None:
    """The public page in this language whose body shows the round; the deepest one, which is about that round.

    A page that only tells the round's rules is about something else.
    """
    references = ReferenceIndex.get_references_to(round).filter(model_path__startswith="body.")
    references = references.exclude(model_path__startswith="body.rules.")
    pages = references.annotate(page_id=Cast("object_id", BigIntegerField())).values("page_id")
    return (
        Page.objects.live()
        .public()
        .filter(locale__language_code=language, pk__in=pages)
        .order_by("-depth", "path")
        .first()
    )
