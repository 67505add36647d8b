"""The two groups of the editors' block menu."""

from django.utils.translation import gettext_lazy as _

CONTENT = _("Sisältö")
PARTICIPATION = _("Osallistuminen")
