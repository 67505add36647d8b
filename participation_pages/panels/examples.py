"""What the block menu and the block catalogue show in place of an installation's own panel."""

from datetime import timedelta

from django.utils import timezone

from participation_pages.panels.models import Panel, PanelFeature, PanelFeatureValue


def example_panel() -> Panel:
    """An unsaved panel whose call is open."""
    day = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    panel = Panel(
        title="Kuntalaisraati",
        slug="esimerkki",
        purpose="Raati pohtii, miten keskusta pysyy elävänä, ja antaa kaupungille suosituksensa.",
        seats=24,
        eligibility="Jokainen, joka asuu Hyvinkäällä.",
        minimum_age=15,
        call_opens_at=day - timedelta(days=7),
        call_closes_at=day + timedelta(days=14),
        next_steps="Jäsenet arvotaan hakijoista niin, että raati on kuin Hyvinkää pienoiskoossa.",
    )
    panel.features = [
        _feature("Ikäryhmä", "15–29 vuotta", "30–64 vuotta", "65 vuotta tai enemmän"),
        _feature("Sukupuoli", "Nainen", "Mies", "Muu", may_decline=True),
    ]
    return panel


def _feature(label: str, *values: str, may_decline: bool = False) -> PanelFeature:
    feature = PanelFeature(label=label, may_decline=may_decline)
    feature.values = [PanelFeatureValue(label=value) for value in values]
    return feature
