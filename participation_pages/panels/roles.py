"""The rights that the roles of staff have over panels.

The coordinators of participatory budgeting run the panels as well: the city has no role of its own for them yet.
"""

PANEL_WRITER: tuple[str, ...] = (
    "participation_pages.add_panel",
    "participation_pages.change_panel",
    "participation_pages.publish_panel",
    "participation_pages.view_panel",
)

PANEL_ORGANISER: tuple[str, ...] = (
    *PANEL_WRITER,
    "participation_pages.delete_panel",
    "participation_pages.reschedule_panel",
    "participation_pages.add_panelsession",
    "participation_pages.change_panelsession",
    "participation_pages.view_panelsession",
    "participation_pages.view_panelapplication",
    "participation_pages.view_applicationcontact",
)
