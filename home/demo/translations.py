"""The main pages in English, made as an editor makes them: through wagtail-localize."""

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from home.demo.context import Demo
from home.demo.english import ENGLISH
from home.demo.english_more import MORE
from home.demo.statutory import SLUGS, retention_lines

# Parents first. The front page is translated twice: once as the parent of the others, once with links to them.
PAGES = ("budgeting", "feedback", "forum", "panels", "panel", "participation", "plan", "key_project")

TEXTS = ENGLISH | MORE


def build(demo: Demo) -> None:
    locale = Locale.objects.get(language_code="en")
    home = Page.objects.get(pk=demo.home.pk).specific
    texts = TEXTS | dict(zip(retention_lines("fi"), retention_lines("en"), strict=True))
    for page in (home, *(demo.pages[name] for name in (*PAGES, *SLUGS)), home):
        _translate(demo, page.specific, locale, texts)


def _translate(demo: Demo, page: Page, locale: Locale, texts: dict[str, str]) -> None:
    """Publish the page in the locale. What `texts` lacks stay in Finnish, as an unfinished translation would."""
    editor = demo.users["viestinta"]
    source, _made = TranslationSource.update_or_create_from_instance(page)
    segments = StringSegment.objects.filter(source=source).select_related("string", "context")
    for segment in segments:
        original = segment.string.data
        words = texts.get(original, original if original.strip("0123456789–") == "" else None)
        if words is not None:
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": words, "last_translated_by": editor},
            )
    Translation.objects.get_or_create(source=source, target_locale=locale)
    # It would publish only at the end of the whole transaction, from a copy that knows no child pages made since.
    source.create_or_update_translation(locale, user=editor, publish=False, fallback=True)
    Page.objects.get(pk=page.get_translation(locale).pk).get_latest_revision().publish(user=editor)
