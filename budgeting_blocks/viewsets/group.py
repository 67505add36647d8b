"""One menu for all of it."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from budgeting_blocks.viewsets.proposals import ProposalViewSet
from budgeting_blocks.viewsets.rounds import AreaViewSet, RoundViewSet, ThemeViewSet
from budgeting_blocks.viewsets.screening import ScreeningViewSet


class BudgetingGroup(SnippetViewSetGroup):
    menu_label = _("Osallistuva budjetointi")
    menu_name = "budgeting"
    menu_icon = "thumbtack"
    menu_order = 200
    items = (ProposalViewSet, ScreeningViewSet, RoundViewSet, ThemeViewSet, AreaViewSet)
