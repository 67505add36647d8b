"""What each role of staff may do with the records of this room; `home.setup` merges it with the other rooms'."""

from cms.users.roles import Role
from participation_pages.panels.roles import PANEL_ORGANISER, PANEL_WRITER

ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("participation_pages.view_forumtheme",),
    Role.COMMUNICATIONS: (
        "participation_pages.add_forumtheme",
        "participation_pages.change_forumtheme",
        "participation_pages.delete_forumtheme",
        "participation_pages.view_forumtheme",
        *PANEL_WRITER,
    ),
    Role.BUDGETING_COORDINATOR: PANEL_ORGANISER,
    Role.ADMINISTRATOR: PANEL_ORGANISER,
}
