"""Addresses of customer feedback, below /palaute/."""

from django.urls import path

from feedback_forms.views import public

app_name = "feedback"
urlpatterns = [
    path("laheta/", public.GiveFeedbackView.as_view(), name="give"),
    path("kiitos/", public.ReceiptView.as_view(), name="receipt"),
    path("seuraa/", public.FollowView.as_view(), name="follow"),
    path("seuraa/tilanne/", public.FollowedView.as_view(), name="followed"),
    path("julkaistut/<int:pk>/", public.PublishedView.as_view(), name="published"),
]
