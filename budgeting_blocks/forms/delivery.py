"""What the city tells of a project."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.images.widgets import AdminImageChooser

from budgeting_blocks.models import Delivery


class DeliveryForm(WagtailAdminModelForm):
    """The project's own fields, and a word to residents."""

    text = forms.CharField(
        label=_("Mitä hankkeelle kuuluu"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Näkyy hankkeen sivulla, ja seuraajat saavat siitä viestin. Jätä tyhjäksi, jos et kerro mitään."),
    )
    photo = forms.ModelChoiceField(
        label=_("Kuva"), queryset=get_image_model().objects.all(), required=False, widget=AdminImageChooser
    )

    class Meta:
        model = Delivery
        fields = ["stage", "percent", "unit", "money_used", "starts_on", "ends_on"]
