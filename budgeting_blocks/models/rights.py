"""School classes that vote."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from budgeting_blocks.models.voting import CodeBatch


class ClassList(models.Model):
    """A class whose teacher hands out its votes. No pupil is named: the class has as many rights as it has pupils.

    The pupils' codes are worked out from the teacher's code, which only the teacher has, and its hash stands here.
    """

    batch = models.OneToOneField(
        CodeBatch, verbose_name=_("erä"), on_delete=models.PROTECT, related_name="class_list", primary_key=True
    )
    school = models.CharField(_("koulu"), max_length=80)
    label = models.CharField(_("luokka"), max_length=40)
    teacher_hash = models.CharField(max_length=64, unique=True, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("luokkalista")
        verbose_name_plural = _("luokkalistat")
        default_permissions = ("view",)
        ordering = ["school", "label"]

    def __str__(self) -> str:
        return f"{self.school}, {self.label}"
