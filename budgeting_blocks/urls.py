"""Addresses of participatory budgeting, below /osbu/."""

from django.urls import URLPattern, path

from budgeting_blocks.views import proposals, voting

app_name = "budgeting"

urlpatterns: list[URLPattern] = [
    path("ehdotukset/<int:pk>-<str:slug>/", proposals.proposal, name="proposal"),
    path("ehdotukset/<int:pk>/", proposals.proposal, name="proposal_short"),
    path("ehdota/<slug:slug>/", proposals.ProposeView.as_view(), name="propose"),
    path("ehdotus-lahetetty/", proposals.receipt, name="proposal_receipt"),
    path("seuraa/<slug:token>/", proposals.follow, name="proposal_follow"),
    path("aanesta/<slug:slug>/", voting.VoteReviewView.as_view(), name="vote_review"),
    path("aanesta/<slug:slug>/anna/", voting.VoteCastView.as_view(), name="vote_cast"),
    path("aanesta/<slug:slug>/perilla/", voting.receipt, name="vote_receipt"),
    path("aanesta/<slug:slug>/kuitit/", voting.receipts, name="vote_receipts"),
]
