"""Facts of customer feedback, and the constraints that keep wrong ones out of the database."""

from feedback_forms.models.cases import Case, CaseContact, CaseMessage, CasePhoto
from feedback_forms.models.log import CaseLogEntry
from feedback_forms.models.publication import PublicFeedback
from feedback_forms.models.topics import Topic

__all__ = ["Case", "CaseContact", "CaseLogEntry", "CaseMessage", "CasePhoto", "PublicFeedback", "Topic"]
