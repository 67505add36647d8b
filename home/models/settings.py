"""What a city says of itself: name, look, contacts. One record for each site."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable, Page

from home.domain.contrast import MINIMUM_RATIO, NotAColour, contrast_ratio

_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Kirjoita väri muodossa #rrggbb, esimerkiksi #12505e."))
# Each ink is text that stands on its ground.
COLOUR_PAIRS = (("brand", "brand_ink"), ("accent", "accent_ink"))


def colour_pair_errors(colours: dict[str, str], pairs: Iterable[tuple[str, str]] = COLOUR_PAIRS) -> dict[str, str]:
    """A message for the ink of every pair that cannot be read. A pair that holds something else than colours is left out."""
    errors: dict[str, str] = {}
    for ground, ink in pairs:
        try:
            ratio = contrast_ratio(colours[ink], colours[ground])
        except NotAColour:
            continue
        if ratio < MINIMUM_RATIO:
            errors[ink] = gettext(
                "Teksti ei erotu taustastaan: kontrasti on %(ratio)s : 1, ja sen pitää olla vähintään 4,5 : 1. "
                "Vaihda väri vaaleammaksi tai tummemmaksi."
            ) % {"ratio": f"{ratio:.2f}".replace(".", ",")}
    return errors


@register_setting(icon="site", order=100)
class CitySettings(ClusterableModel, BaseSiteSetting):
    """Read by `home.selectors.chrome_for`, which every template gets as `city`."""

    name = models.CharField(_("kaupungin nimi"), max_length=60, default="Hyvinkää")
    tagline = models.CharField(_("palvelun nimi"), max_length=60, blank=True, default="Osallistu")
    organisation = models.CharField(_("organisaatio"), max_length=120, blank=True, default="Hyvinkään kaupunki")
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Ilman logoa näkyy sivuston oma merkki."),
    )
    brand = models.CharField(_("pääväri"), max_length=7, default="#12505e", validators=[_colour])
    brand_ink = models.CharField(_("teksti päävärin päällä"), max_length=7, default="#ffffff", validators=[_colour])
    accent = models.CharField(_("korostusväri"), max_length=7, default="#f2a93b", validators=[_colour])
    accent_ink = models.CharField(
        _("teksti korostusvärin päällä"), max_length=7, default="#2b1b03", validators=[_colour]
    )
    contact_email = models.EmailField(_("sähköposti"), blank=True)
    contact_phone = models.CharField(_("puhelin"), max_length=40, blank=True)
    address = models.TextField(_("postiosoite"), max_length=300, blank=True)
    map_latitude = models.DecimalField(
        _("kartan keskipiste, leveysaste"),
        max_digits=8,
        decimal_places=5,
        default="60.63060",
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    map_longitude = models.DecimalField(
        _("kartan keskipiste, pituusaste"),
        max_digits=8,
        decimal_places=5,
        default="24.86150",
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("organisation"), FieldPanel("logo")],
            heading=_("Nimi"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("brand"), FieldPanel("brand_ink")]),
                FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_ink")]),
            ],
            heading=_("Värit"),
            help_text=_("Tummat sävyt johdetaan näistä. Teksti hyväksytään vain, jos se erottuu taustastaan."),
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("address")],
            heading=_("Yhteystiedot"),
        ),
        FieldRowPanel([FieldPanel("map_latitude"), FieldPanel("map_longitude")], heading=_("Kartta")),
        InlinePanel("footer_links", heading=_("Alatunnisteen linkit"), label=_("Linkki")),
        InlinePanel("social_links", heading=_("Kaupunki muualla"), label=_("Palvelu")),
    ]
    select_related = ["logo"]

    class Meta:
        verbose_name = _("kaupungin asetukset")
        verbose_name_plural = _("kaupungin asetukset")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        names = [name for pair in COLOUR_PAIRS for name in pair]
        if errors := colour_pair_errors({name: getattr(self, name) for name in names}):
            raise ValidationError({field: [message] for field, message in errors.items()})


class FooterLink(Orderable):
    """A link at the foot of every page: a page of the site, or an address elsewhere."""

    settings = ParentalKey(CitySettings, on_delete=models.CASCADE, related_name="footer_links")
    page = models.ForeignKey(
        Page, verbose_name=_("sivu"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    url = models.URLField(_("osoite muualla"), blank=True)
    title = models.CharField(
        _("teksti"), max_length=80, blank=True, help_text=_("Jos jätät tyhjäksi, käytetään sivun nimeä.")
    )

    panels = [PageChooserPanel("page"), FieldPanel("url"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("alatunnisteen linkki")
        verbose_name_plural = _("alatunnisteen linkit")

    def __str__(self) -> str:
        return self.title or str(self.page or self.url)

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.url):
            raise ValidationError({"url": _("Valitse joko sivu tai osoite, ei molempia.")})
        if self.url and not self.title:
            raise ValidationError({"title": _("Kirjoita linkille teksti.")})


class SocialLink(Orderable):
    """Where else the city can be found. A plain link: nothing is loaded from there."""

    settings = ParentalKey(CitySettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("palvelu"), max_length=40)
    url = models.URLField(_("osoite"))

    panels = [FieldPanel("name"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("kaupunki muualla")
        verbose_name_plural = _("kaupunki muualla")

    def __str__(self) -> str:
        return self.name
