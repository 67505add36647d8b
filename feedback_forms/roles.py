"""What each role may do with customer feedback; `home.setup` gives it to the groups."""

from cms.users.roles import Role

_HANDLING = (
    "wagtailadmin.access_admin",
    "feedback_forms.view_case",
    "feedback_forms.change_case",
    "feedback_forms.view_casecontact",
)
_PUBLISHING = (
    "wagtailadmin.access_admin",
    "feedback_forms.view_publicfeedback",
    "feedback_forms.change_publicfeedback",
    "feedback_forms.publish_publicfeedback",
)

ROLE_PERMISSIONS: dict[Role, tuple[str, ...]] = {
    Role.CASE_HANDLER: _HANDLING,
    Role.MODERATOR: _PUBLISHING,
    Role.ADMINISTRATOR: (
        *_HANDLING,
        *_PUBLISHING,
        "feedback_forms.see_every_unit",
        "feedback_forms.view_topic",
        "feedback_forms.add_topic",
        "feedback_forms.change_topic",
        "feedback_forms.delete_topic",
        "feedback_forms.lock_publicfeedback",
        "feedback_forms.unlock_publicfeedback",
    ),
}
