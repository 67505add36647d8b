"""What each role of staff may do in participatory budgeting."""

from cms.users.roles import Role


def _named(*codenames: str) -> tuple[str, ...]:
    return tuple(f"budgeting_blocks.{codename}" for codename in codenames)


_READ = _named("view_round", "view_proposal", "view_theme", "view_area")
_MODERATE = (
    *_READ,
    *_named(
        "change_proposal",
        "publish_proposal",
        "delete_proposal",
        "view_proposalcomment",
        "change_proposalcomment",
        "publish_proposalcomment",
        "delete_proposalcomment",
    ),
)
_COORDINATE = (
    *_MODERATE,
    *_named(
        "add_round",
        "change_round",
        "publish_round",
        "delete_round",
        "add_proposal",
        "add_theme",
        "change_theme",
        "delete_theme",
        "add_area",
        "change_area",
        "delete_area",
        "view_screening",
        "change_screening",
        "assign_screening",
        "view_proposalmerge",
        "add_proposalmerge",
        "delete_proposalmerge",
        # To ask an author something; nobody else needs the address.
        "view_proposalcontact",
        "view_codebatch",
        "add_codebatch",
        "revoke_codebatch",
        "assist_voting",
        "view_classlist",
        "view_votingright",
        "view_ballot",
        "view_rulesheet",
        "change_rulesheet",
        "freeze_rules",
        "view_ruleversion",
        "enter_paper",
        "book_paper",
        "count_round",
        "publish_result",
        "view_delivery",
        "change_delivery",
    ),
)

# Of the assessments, those of the own units only (see permissions.screening).
_ASSESS = _named("view_screening", "change_screening")

ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.COMMUNICATIONS: _READ,
    Role.MODERATOR: _MODERATE,
    Role.SCREENER: _ASSESS,
    Role.BUDGETING_COORDINATOR: _COORDINATE,
    Role.ADMINISTRATOR: _COORDINATE,
}
