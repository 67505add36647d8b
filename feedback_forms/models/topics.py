"""What feedback is about, and which unit answers for it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.users.models import Unit
from feedback_forms.choices import PlaceRule


class TopicQuerySet(models.QuerySet["Topic"]):
    def active(self) -> "TopicQuerySet":
        """Topics that residents may choose now."""
        return self.filter(is_active=True)


class Topic(models.Model):
    """A subject that residents choose. Its unit's handlers see its feedback, and nobody else does."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    slug = models.SlugField(_("osoitteen osa"), max_length=80, unique=True)
    description = models.CharField(_("kuvaus"), max_length=200, blank=True, help_text=_("Mitä aiheeseen kuuluu."))
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("vastuuyksikkö"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Vain tämän yksikön käsittelijät näkevät aiheen palautteet."),
    )
    place_rule = models.CharField(_("paikka"), max_length=10, choices=PlaceRule, default=PlaceRule.OPTIONAL)
    sort_order = models.PositiveSmallIntegerField(_("järjestys"), default=0)
    is_active = models.BooleanField(
        _("käytössä"), default=True, help_text=_("Poista valinta, kun aiheeseen ei enää oteta palautetta.")
    )

    objects = TopicQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("unit"),
        FieldPanel("place_rule"),
        FieldPanel("sort_order"),
        FieldPanel("is_active"),
    ]

    class Meta:
        verbose_name = _("palautteen aihe")
        verbose_name_plural = _("palautteen aiheet")
        ordering = ["sort_order", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(place_rule__in=PlaceRule.values), name="topic_place_rule_is_known"),
        ]

    def __str__(self) -> str:
        return self.name
