"""One menu for all of it."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from budgeting_blocks.viewsets.comments import CommentViewSet
from budgeting_blocks.viewsets.delivery import DeliveryViewSet
from budgeting_blocks.viewsets.proposals import ProposalViewSet
from budgeting_blocks.viewsets.rounds import AreaViewSet, RoundViewSet, ThemeViewSet
from budgeting_blocks.viewsets.screening import ScreeningViewSet


class BudgetingGroup(SnippetViewSetGroup):
    menu_label = _("Osallistuva budjetointi")
    menu_name = "budgeting"
    menu_icon = "thumbtack"
    menu_order = 200
    # Voting and its registers, which are no snippets, join the menu through this hook.
    submenu_hook = "register_budgeting_menu_item"
    items = (
        ProposalViewSet,
        CommentViewSet,
        ScreeningViewSet,
        DeliveryViewSet,
        RoundViewSet,
        ThemeViewSet,
        AreaViewSet,
    )
