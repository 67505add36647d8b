"""Staff accounts and the city's units. Residents need no account."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Unit(index.Indexed, models.Model):
    """A part of the city's organisation that answers for something: a feedback topic, a proposal, a project."""

    name = models.CharField(_("nimi"), max_length=120, unique=True)
    email = models.EmailField(_("yksikön sähköposti"), blank=True, help_text=_("Ilmoitukset saapuneesta työstä."))

    panels = [FieldPanel("name"), FieldPanel("email")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("yksikkö")
        verbose_name_plural = _("yksiköt")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):  # type: ignore[django-manager-missing]
    """A member of staff."""

    units = models.ManyToManyField(Unit, verbose_name=_("yksiköt"), blank=True, related_name="users")
    is_demo = models.BooleanField(
        _("esittelytunnus"),
        default=False,
        editable=False,
        help_text=_("Salasana on kaikkien tiedossa. Ei pääse sisään tuotannossa."),
    )

    class Meta(AbstractUser.Meta):
        verbose_name = _("käyttäjä")  # type: ignore[assignment]
        verbose_name_plural = _("käyttäjät")  # type: ignore[assignment]
