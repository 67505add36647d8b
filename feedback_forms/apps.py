from django.apps import AppConfig


class FeedbackFormsConfig(AppConfig):
    name = "feedback_forms"
    verbose_name = "Asiakaspalaute"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from cms.common.dashboard import register_waiting
        from cms.common.pagecache import invalidate_on_save
        from cms.common.retention import register
        from feedback_forms.dashboard import waiting_items
        from feedback_forms.models import Case, PublicFeedback, Topic
        from feedback_forms.permissions import CasePolicy, PublicFeedbackPolicy
        from feedback_forms.services.erasure import policies

        register_permission_policy(Case, CasePolicy(Case))
        register_permission_policy(PublicFeedback, PublicFeedbackPolicy(PublicFeedback))
        # The topics stand in every feedback form.
        invalidate_on_save(Topic)
        register_waiting(waiting_items)
        for policy in policies():
            register(policy)
