"""Each page type can be translated, with every block in its body."""

from datetime import date
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import reverse
from wagtail.blocks import CharBlock, IntegerBlock, RichTextBlock
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue

from budgeting_blocks.models import Round
from cms.common.blocks.tables import TranslatableTableBlock
from cms.users.models import User
from home.models import ContentPage, HomePage
from participation_pages.models import (
    AnnouncementPage,
    BudgetingPage,
    EventPage,
    ForumPage,
    KeyProjectPage,
    Panel,
    PanelPage,
    ParticipationPlanPage,
)
from tests.participation_pages import make
from tests.participation_pages.blockdata import BODY, raw_body

Records = dict[type[models.Model], models.Model]
LINES = [{"type": "line", "value": "Avoimuus"}]


def a_page(model: type[Page], home_page: HomePage, records: Records) -> Page:
    forum = records[ForumPage]
    fields: dict[str, Any] = {
        "title": "Suomeksi",
        "introduction": "Johdanto",
        "body": raw_body(list(BODY.child_blocks), records),
    }
    if model is EventPage:
        return make.event(forum, status="cancelled", cancel_reason="Myrsky", theme=make.theme(), **fields)
    if model is AnnouncementPage:
        return make.announcement(forum, theme=make.theme(), **fields)
    own: dict[type[Page], dict[str, Any]] = {
        ParticipationPlanPage: {"from_year": 2018, "adopted_on": date(2018, 6, 18), "status": "in_use"},
        KeyProjectPage: {"aim": "Tavoite", "goals": LINES, "group_roles": LINES, "stakeholders": LINES},
        BudgetingPage: {"round": records[Round]},
        PanelPage: {"panel": records[Panel]},
    }
    return home_page.add_child(instance=model(locale=home_page.locale, **fields, **own.get(model, {})))


TYPES = [
    ContentPage,
    ParticipationPlanPage,
    KeyProjectPage,
    BudgetingPage,
    ForumPage,
    AnnouncementPage,
    EventPage,
    PanelPage,
]


@pytest.mark.parametrize("model", TYPES, ids=[model.__name__ for model in TYPES])
def test_each_type_is_translated_with_every_block(
    client: Client,
    home_page: HomePage,
    records: Records,
    model: type[Page],
    django_capture_on_commit_callbacks: Any,
) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    page = a_page(model, home_page, records)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=english)
    for segment in source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string, locale=english, context=segment.context, data=f"EN {segment.string.data}"
        )
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target()
    translated = page.get_translation(english)
    assert translated.title == "EN Suomeksi"
    assert [child.block_type for child in translated.body] == [child.block_type for child in page.body]
    assert translated.body.raw_data[0]["value"]["text"].startswith("EN ")
    for name in ("status", "starts_at", "from_year", "adopted_on", "date", "round_id", "panel_id", "theme_id"):
        assert getattr(translated, name, None) == getattr(page, name, None), name
    if model is KeyProjectPage:
        assert translated.goals[0].value == "EN Avoimuus"
    if model is EventPage:
        assert translated.cancel_reason == "EN Myrsky"
    translated.refresh_from_db()
    assert translated.live
    assert translated.url.startswith("/en/")
    html = client.get(translated.url).content.decode()
    assert "EN Äänestäjät kierroksittain" in html and "EN Kierros" in html and "654" in html


@pytest.mark.parametrize("model", TYPES, ids=[model.__name__ for model in TYPES])
def test_the_translators_view_of_each_type_opens(
    client: Client, editor: User, home_page: HomePage, records: Records, model: type[Page]
) -> None:
    english, _created = Locale.objects.get_or_create(language_code="en")
    page = a_page(model, home_page, records)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=english).save_target(user=editor)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.get_translation(english).pk]))
    assert response.status_code == 200
    assert "kierroksittain" in response.content.decode(), "the table's texts are among those to translate"


def test_a_tables_translations_follow_their_texts_when_rows_move() -> None:
    block = TranslatableTableBlock([("text", CharBlock()), ("number", IntegerBlock()), ("rich", RichTextBlock())])
    table = block.to_python(
        {
            "caption": "Kierrokset",
            "columns": [
                {"type": "text", "heading": "Vuosi"},
                {"type": "number", "heading": "Määrä"},
                {"type": "rich", "heading": ""},
            ],
            "rows": [
                {"values": ["kevät", 1, "<p>iso <b>kevät</b></p>"]},
                {"values": ["syksy", 2, ""]},
                {"values": ["kevät", 3, ""]},
            ],
        }
    )
    segments = [segment for segment in block.get_translatable_segments(table) if not segment.is_empty()]
    texts = [segment for segment in segments if isinstance(segment, StringSegmentValue)]
    assert sorted(segment.string.data for segment in texts) == sorted(
        ["Kierrokset", "Vuosi", "Määrä", "kevät", "syksy", "iso <b>kevät</b>"]
    )
    for order, segment in enumerate(segments):
        segment.order = order
        if isinstance(segment, StringSegmentValue):
            segment.string = StringValue(f"EN {segment.string.data}")
    table.row_data.reverse()
    restored = block.restore_translated_segments(table, segments)
    assert restored.caption == "EN Kierrokset"
    assert [column["heading"] for column in restored.columns] == ["EN Vuosi", "EN Määrä", ""]
    assert [row["values"][:2] for row in restored.row_data] == [["EN kevät", 3], ["EN syksy", 2], ["EN kevät", 1]]
    assert restored.row_data[2]["values"][2].source == "<p>EN iso <b>kevät</b></p>"
