"""A file to download: the known figures of the city's rounds."""

import csv
import io

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument

# Year, money in euros, proposals made, on the ballot, funded, voters; what is not known is left empty.
ROUNDS = [
    (2020, 20_000, 110, 32, 5, 654),
    (2021, 20_000, "", 11, 2, ""),
    (2023, 50_000, 170, 37, 7, 737),
]


def figures_of_rounds() -> AbstractDocument:
    """The table as CSV, the way a Finnish spreadsheet opens it: semicolons and a byte order mark."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow(["Kierros", "Raha, €", "Ehdotuksia", "Äänestyksessä", "Toteutukseen", "Äänestäjiä"])
    writer.writerows(ROUNDS)
    content = ContentFile(table.getvalue().encode("utf-8-sig"), name="osbu-kierrokset.csv")
    document = get_document_model()(title="Kierrosten luvut 2020–2023", file=content)
    document.full_clean(exclude=["file_hash", "file_size"])
    document.save()
    return document
