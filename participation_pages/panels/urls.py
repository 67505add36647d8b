"""Addresses of panels, below /osallistu/."""

from django.urls import path

from participation_pages.panels.views.public import AppliedView, ApplyView, WithdrawnView, WithdrawView

urlpatterns = [
    path("raadit/hakemus/vastaanotettu/", AppliedView.as_view(), name="panel_applied"),
    path("raadit/hakemus/peru/", WithdrawView.as_view(), name="panel_withdraw"),
    path("raadit/hakemus/peruttu/", WithdrawnView.as_view(), name="panel_withdrawn"),
    path("raadit/<slug:slug>/hae/", ApplyView.as_view(), name="panel_apply"),
]
