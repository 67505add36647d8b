"""The site's images: each has a text for those who do not see it, or is said to be decorative."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.images.metadata import without_metadata


class CityImage(AbstractImage):
    """`description` (Wagtail's own field) is the alternative text; empty only when `is_decorative`."""

    is_decorative = models.BooleanField(
        _("koristekuva"),
        default=False,
        help_text=_("Kuva ei kerro mitään, mitä tekstissä ei sanota. Vaihtoehtoista tekstiä ei tarvita."),
    )
    credit = models.CharField(_("kuvaaja tai lähde"), max_length=120, blank=True)

    admin_form_fields = ("title", "file", "description", "is_decorative", "credit", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("kuva")
        verbose_name_plural = _("kuvat")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True) | ~Q(description=""),
                name="image_has_alternative_text",
                violation_error_message=_("Kirjoita vaihtoehtoinen teksti tai merkitse kuva koristekuvaksi."),
            )
        ]

    @property
    def default_alt_text(self) -> str:
        return "" if self.is_decorative else self.description

    def clean(self) -> None:
        super().clean()
        file: Any = self.file  # type: ignore[has-type]
        if file and not file._committed:
            # Both the original and its renditions are public: where and when a photo was taken must not be in them.
            self.file = without_metadata(file)
        if not self.is_decorative and not self.description.strip():
            raise ValidationError(
                {"description": _("Kirjoita, mitä kuvassa on, tai merkitse se koristekuvaksi.")},
            )


class CityRendition(AbstractRendition):
    image = models.ForeignKey(CityImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"),
        ]
