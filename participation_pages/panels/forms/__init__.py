"""What applicants and organisers fill in."""

from participation_pages.panels.forms.admin import ChangeForm, PanelForm, PanelSessionForm
from participation_pages.panels.forms.public import ApplicationForm, WithdrawForm

__all__ = ["ApplicationForm", "ChangeForm", "PanelForm", "PanelSessionForm", "WithdrawForm"]
