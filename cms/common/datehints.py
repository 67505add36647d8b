"""How dates are typed in the admin, for the fields' help."""

from django.utils.translation import gettext_lazy as _

DAY = _("Muodossa 23.11.2026.")
MOMENT = _("Muodossa 23.11.2026 08:00.")
