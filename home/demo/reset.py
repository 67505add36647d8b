"""Takes the content of every room away, so that the demo can be built anew. Never used where real content may be."""

from django.apps import apps
from wagtail.documents import get_document_model
from wagtail.models import Page, Revision, TaskState, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from budgeting_blocks.models import Round, guards
from cms.images.models import CityImage
from cms.users.models import Unit, User

# In the order in which nothing is left that another record still needs.
MODELS = (
    "budgeting_blocks.DeliveryUpdate",
    "budgeting_blocks.Delivery",
    "budgeting_blocks.ResultLine",
    "budgeting_blocks.RoundResult",
    "budgeting_blocks.BallotChoice",
    "budgeting_blocks.Ballot",
    "budgeting_blocks.VoteReceipt",
    "budgeting_blocks.VotingRight",
    "budgeting_blocks.ClassList",
    "budgeting_blocks.CodeBatch",
    "budgeting_blocks.PaperEntry",
    "budgeting_blocks.PaperSheet",
    "budgeting_blocks.PaperBatch",
    "budgeting_blocks.BallotBox",
    "budgeting_blocks.MergeObjection",
    "budgeting_blocks.ProposalMerge",
    "budgeting_blocks.ScreeningImport",
    "budgeting_blocks.ScreeningNote",
    "budgeting_blocks.ScreeningQuestion",
    "budgeting_blocks.CriterionFinding",
    "budgeting_blocks.CommentReport",
    "budgeting_blocks.ProposalComment",
    "budgeting_blocks.ProposalFollow",
    "budgeting_blocks.ProposalSupport",
    "budgeting_blocks.Screening",
    "budgeting_blocks.ProposalContact",
    "budgeting_blocks.ProposalDraft",
    "budgeting_blocks.ProposalPhoto",
    "budgeting_blocks.Proposal",
    "budgeting_blocks.RuleVersion",
    "budgeting_blocks.RoundSeal",
    "budgeting_blocks.IdentificationMeans",
    "budgeting_blocks.RuleSheet",
    "budgeting_blocks.Criterion",
    "budgeting_blocks.Pot",
    "budgeting_blocks.Phase",
    "budgeting_blocks.Round",
    "budgeting_blocks.Theme",
    "budgeting_blocks.Area",
    "feedback_forms.PublicFeedback",
    "feedback_forms.CaseMessage",
    "feedback_forms.CasePhoto",
    "feedback_forms.CaseContact",
    "feedback_forms.CaseLogEntry",
    "feedback_forms.Case",
    "feedback_forms.Topic",
    "participation_pages.PanelApplication",
    "participation_pages.PanelChange",
    "participation_pages.PanelSession",
    "participation_pages.Panel",
    "participation_pages.ForumTheme",
    "home.FooterLink",
    "home.SocialLink",
)


def remove_everything() -> None:
    """All pages below the front page, its translations, all records of the rooms, all images, demo accounts and units."""
    for home in Page.objects.filter(depth=2):
        for page in home.get_children():
            page.specific.delete()
        if home.locale.language_code != "fi":
            Page.objects.get(pk=home.pk).specific.delete()
    with guards.lifted():
        for label in MODELS:
            if label == "budgeting_blocks.Round":
                Round.objects.exclude(rehearsal_of=None).delete()
            apps.get_model(label)._base_manager.all().delete()
    TaskState.objects.all().delete()
    WorkflowState.objects.all().delete()
    Translation.objects.all().delete()
    TranslationSource.objects.all().delete()
    CityImage.objects.all().delete()
    get_document_model().objects.all().delete()
    User.objects.filter(is_demo=True).delete()
    Unit.objects.filter(users=None).delete()
    for revision in Revision.objects.filter(base_content_type__app_label__in=("budgeting_blocks", "feedback_forms")):
        revision.delete()
