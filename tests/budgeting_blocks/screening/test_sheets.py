"""The board as a workbook: out, and in again with a preview."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from wagtail.models import ModelLogEntry

from budgeting_blocks.models import CriterionFinding, Screening, ScreeningImport
from budgeting_blocks.services.importing import DRAFT_DAYS, purge_imports
from budgeting_blocks.services.screening import record_screening

EXPORT, IMPORT = reverse("budgeting_assessing:export"), reverse("budgeting_assessing:import")


def download(client, query=""):
    """The rows of the workbook, each as a list of cells; the first is the header."""
    response = client.get(EXPORT + query)
    assert response.status_code == 200
    return [list(row) for row in load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)]


def packed(rows):
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def send(client, content, name="arvioinnit.xlsx"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def change(rows, title, **cells):
    """Put new values into the row of this proposal; names are the header's first words."""
    header = rows[0]
    row = next(row for row in rows[1:] if row[header.index("Ehdotus")] == title)
    for name, value in cells.items():
        row[next(i for i, heading in enumerate(header) if heading.lower().startswith(name))] = value
    return rows


def confirm(client, draft, **data):
    return client.post(reverse("budgeting_assessing:confirm", args=[draft.pk]), data)


@pytest.fixture
def staff(client, coordinator):
    client.force_login(coordinator)
    return coordinator


class TestOut:
    def test_holds_what_the_board_shows_with_the_criteria(self, client, staff, add, parks, criterion):
        proposal = add("Penkki", parks, due_on=date(2030, 1, 31), cost=900)
        CriterionFinding.objects.create(
            screening=proposal.screening, criterion=criterion, met=False, reason="Yksityinen."
        )
        header, row = download(client)
        cells = dict(zip(header, row, strict=True))
        assert (cells["Vastuuyksikkö"], cells["Määräpäivä"], cells["Kustannusarvio, €"]) == (
            "Puistot",
            "31.1.2030",
            "900",
        )
        assert cells[f"K{criterion.pk} Kaupungin maalla"] == "ei täyty"

    def test_follows_the_filters_and_the_user(self, client, screener, coordinator, add, parks, sports):
        add("Penkki", parks)
        add("Kenttä", sports)
        client.force_login(coordinator)
        assert len(download(client, f"?unit={parks.pk}")) == 2
        client.force_login(screener)
        assert [row[2] for row in download(client)[1:]] == ["Penkki"]

    def test_no_cell_is_a_formula(self, client, staff, add):
        add("=HYPERLINK(1)", reasons="+1+1")
        response = client.get(EXPORT)
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
        assert not any(
            str(c.value).startswith(("=", "+", "-", "@")) for row in sheet.iter_rows() for c in row if c.value
        )


class TestPreview:
    def test_shows_old_and_new_and_saves_nothing(self, client, staff, add, parks, sports):
        add("Penkki", parks)
        add("Keinu", parks)
        rows = change(download(client), "Penkki", tila="Arvioitavana", vastuu="Liikunta", kustannus="4 000 €")
        response = send(client, packed(rows))
        page = client.get(response.url)
        (row,) = page.context["rows"]
        assert [(c.label, c.old, c.new) for c in row.changes] == [
            ("Tila", "Ei vastattu", "Arvioitavana"),
            ("Vastuuyksikkö", "Puistot", "Liikunta"),
            ("Kustannusarvio, €", "", "4000"),
        ]
        assert page.context["unchanged"] == 1
        assert {(s.state, s.version) for s in Screening.objects.all()} == {("not_assessed", 0)}
        assert not ModelLogEntry.objects.filter(action="budgeting.screen").exists()

    def test_a_file_sent_back_as_it_came_changes_nothing(self, client, staff, add, parks, criterion):
        proposal = add("-Penkki", parks, due_on=date(2030, 1, 31), cost=0, reasons="=A1\n- rivi")
        CriterionFinding.objects.create(screening=proposal.screening, criterion=criterion, met=True, reason="+1")
        page = client.get(send(client, packed(download(client))).url)
        assert page.context["rows"] == []
        assert confirm(client, ScreeningImport.objects.get()).status_code == 302
        assert Screening.objects.get().version == 0

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            ({"tila": "Hyvä"}, "Tilaa ei ole"),
            ({"vastuu": "Olematon"}, "Yksikköä ei ole"),
            ({"kustannusarvio": "paljon"}, "kokonaisluku"),
            ({"kustannusarvio": "-5"}, "kokonaisluku"),
            ({"kustannusarvio": 1.5}, "kokonaisluku"),
            ({"määrä": "31.2.2030"}, "Kirjoita päivä"),
            ({"osuus": "Pohjoinen"}, "osuutta"),
            ({"tila": "Etenee äänestykseen"}, "kustannusarvio"),
            ({"tila": "Ei etene äänestykseen"}, "perustelut"),
            ({"numero": "999999"}, "Tällaista ehdotusta ei ole"),
            ({"numero": "x"}, "kokonaisluku"),
            ({"versio": ""}, "versio puuttuu"),
            ({"perustelut": "x" * 2001}, "2000"),
        ],
    )
    def test_a_fault_stands_beside_its_row_and_keeps_all_out(self, client, staff, add, cells, message):
        add("Penkki")
        add("Keinu")
        rows = change(download(client), "Penkki", **cells)
        change(rows, "Keinu", kustannus=700)
        page = client.get(send(client, packed(rows)).url)
        (faulty,) = [row for row in page.context["rows"] if row.errors]
        assert message in " ".join(faulty.errors)
        assert faulty.number in (2, 3)
        draft = ScreeningImport.objects.get()
        assert confirm(client, draft).status_code == 422
        assert not Screening.objects.filter(version__gt=0).exists()
        assert confirm(client, draft, skip="1").status_code == 302
        assert Screening.objects.get(version=1).cost == 700

    def test_another_units_row_is_as_unknown_as_one_that_is_not_there(self, client, screener, coordinator, add, sports):
        add("Kenttä", sports)
        client.force_login(coordinator)
        rows = change(download(client), "Kenttä", kustannus=700)
        client.force_login(screener)
        page = client.get(send(client, packed(rows)).url)
        assert "Tällaista ehdotusta ei ole" in page.content.decode()
        assert "Kenttä" not in page.content.decode()
        confirm(client, ScreeningImport.objects.get(), skip="1")
        assert Screening.objects.get().cost is None

    def test_an_assessor_cannot_move_work_by_a_sheet(self, client, screener, add, parks, sports):
        add("Penkki", parks)
        client.force_login(screener)
        rows = change(download(client), "Penkki", vastuu="Liikunta")
        assert "oikeutta" in client.get(send(client, packed(rows)).url).content.decode()

    def test_a_row_changed_after_the_download_is_told(self, client, staff, add):
        proposal = add("Penkki")
        rows = change(download(client), "Penkki", kustannus=700)
        record_screening(proposal=proposal, state="under_assessment", cost=5, reasons="", user=staff)
        assert "muuttunut taulukon lataamisen" in client.get(send(client, packed(rows)).url).content.decode()

    def test_more_rows_ask_no_more_of_the_database(self, client, staff, add, criterion):
        def queries():
            rows = download(client)
            for row in rows[1:]:
                row[rows[0].index("Kustannusarvio, €")], row[-2] = 900, "täyttyy"
            with CaptureQueriesContext(connection) as caught:
                send(client, packed(rows))
            return len(caught)

        for title in ("Penkki", "Keinu"):
            add(title)
        few = queries()
        for number in range(6):
            add(f"Laavu {number}")
        assert queries() == few

    def test_the_same_proposal_twice_is_told(self, client, staff, add):
        add("Penkki")
        rows = change(download(client), "Penkki", kustannus=700)
        assert "kahdesti" in client.get(send(client, packed([*rows, rows[1]])).url).content.decode()

    def test_text_of_a_cell_is_shown_as_text(self, client, staff, add):
        add("Penkki")
        rows = change(download(client), "Penkki", perustelut="<script>alert(1)</script>")
        content = client.get(send(client, packed(rows)).url).content.decode()
        assert "<script>alert(1)" not in content and "&lt;script&gt;alert(1)" in content


class TestConfirming:
    def test_takes_in_what_was_shown(self, client, staff, add, parks, criterion):
        add("Penkki")
        rows = change(
            download(client),
            "Penkki",
            vastuu="puistot",
            määrä=date(2030, 1, 31),
            kustannusarvio=4000,
            ylläpito="100",
            perustelut="Hyvä.\nToteutetaan.",
            tila="etenee äänestykseen",
        )
        rows[1][rows[0].index(f"K{criterion.pk} Kaupungin maalla")] = "täyttyy"
        send(client, packed(rows))
        assert confirm(client, ScreeningImport.objects.get()).status_code == 302
        screening = Screening.objects.get()
        assert (screening.state, screening.unit, screening.due_on) == ("proceeds", parks, date(2030, 1, 31))
        assert (screening.cost, screening.upkeep, screening.reasons) == (4000, 100, "Hyvä.\nToteutetaan.")
        assert screening.findings.get().met
        assert ModelLogEntry.objects.filter(action="budgeting.screen").count() == 1
        assert not ScreeningImport.objects.exists()

    def test_is_all_or_nothing_when_one_row_has_changed_since_the_preview(self, client, staff, add):
        add("Keinu")
        penkki = add("Penkki")
        rows = change(change(download(client), "Penkki", kustannus=1), "Keinu", kustannus=2)
        send(client, packed(rows))
        record_screening(proposal=penkki, state="under_assessment", cost=5, reasons="", user=staff)
        response = confirm(client, ScreeningImport.objects.get())
        assert response.status_code == 422
        content = response.content.decode()
        assert "mitään ei tallennettu" in content and "Joku muu on muuttanut" in content
        assert set(Screening.objects.values_list("cost", flat=True)) == {None, 5}
        assert confirm(client, ScreeningImport.objects.get(), skip="1").status_code == 302
        assert set(Screening.objects.values_list("cost", flat=True)) == {2, 5}

    def test_the_browser_cannot_change_what_was_shown(self, client, staff, add):
        add("Penkki")
        send(client, packed(change(download(client), "Penkki", kustannus=700)))
        confirm(client, ScreeningImport.objects.get(), rows="[]", cost="1")
        assert Screening.objects.get().cost == 700

    def test_a_colleagues_sheet_is_not_found(self, client, staff, screener, add):
        add("Penkki")
        send(client, packed(change(download(client), "Penkki", kustannus=700)))
        draft = ScreeningImport.objects.get()
        client.force_login(screener)
        assert client.get(reverse("budgeting_assessing:preview", args=[draft.pk])).status_code == 404
        assert confirm(client, draft).status_code == 404

    def test_a_sheet_that_nobody_confirms_goes_in_time(self, client, staff, add):
        add("Penkki")
        send(client, packed(download(client)))
        assert purge_imports(timezone.now()) == 0
        assert purge_imports(timezone.now() + timedelta(days=DRAFT_DAYS, hours=1)) == 1


def bomb():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed([["Numero"]]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.infolist():
            bad.writestr(part.filename, good.read(part))
        bad.writestr("xl/media/zeros.xml", b"0" * 40_000_000)
    return out.getvalue()


def with_entity():
    out = io.BytesIO()
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    with zipfile.ZipFile(io.BytesIO(packed([["Numero"]]))) as good, zipfile.ZipFile(out, "w") as bad:
        for part in good.infolist():
            text = laughs if part.filename.endswith("sheet1.xml") else good.read(part)
            bad.writestr(part.filename, text)
    return out.getvalue()


class TestBadFiles:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"no workbook", "ei ole XLSX"),
            (b"PK\x03\x04 torn", "ei ole XLSX"),
            (bomb(), "purettuna liian suuri"),
            (with_entity(), "ei ole XLSX"),
            (packed([["Numero", "Versio"]])[:-200], "ei ole XLSX"),
            (packed([["Jotain", "muuta"]]), "puuttuu sarake"),
            (packed([[]]), "puuttuu sarake"),
            (packed([["Numero", "Versio", "Tila", "Tila"]]), "kahdesti"),
            (packed([["Numero", "Versio"], *[[1, 1]] * 2001]), "riviä"),
            (b"0" * 5_000_001, "liian suuri"),
        ],
        ids=["text", "torn zip", "bomb", "entities", "cut", "other sheet", "empty", "twice", "too many", "too large"],
    )
    def test_get_a_message_and_leave_nothing_behind(self, client, staff, add, content, message):
        response = send(client, content)
        assert response.status_code == 422
        assert message in response.content.decode()
        assert not ScreeningImport.objects.exists()

    def test_a_row_far_away_costs_nothing(self, client, staff, add):
        workbook = Workbook()
        workbook.active.append(["Numero", "Versio"])
        workbook.active.cell(row=1_000_000, column=16_000, value="x")
        out = io.BytesIO()
        workbook.save(out)
        assert client.get(send(client, out.getvalue()).url).context["rows"] == []

    def test_no_file_at_all_is_told(self, client, staff):
        assert client.post(IMPORT, {}).status_code == 422
