"""Addresses of participatory budgeting, below /osbu/."""

from django.urls import URLPattern, path

from budgeting_blocks.views import author_desk, classes, oidc, proposals, rights, rules, voices, voting

app_name = "budgeting"

urlpatterns: list[URLPattern] = [
    path("ehdotukset/<int:pk>-<str:slug>/", proposals.proposal, name="proposal"),
    path("ehdotukset/<int:pk>/", proposals.proposal, name="proposal_short"),
    path("ehdota/<slug:slug>/", proposals.ProposeView.as_view(), name="propose"),
    path("ehdotus-lahetetty/", proposals.receipt, name="proposal_receipt"),
    path("ehdotukset/<int:pk>/kannata/", voices.SupportView.as_view(), name="support"),
    path("ehdotukset/<int:pk>/seuraa/", voices.FollowView.as_view(), name="follow_proposal"),
    path("ehdotukset/<int:pk>/kommentoi/", voices.CommentView.as_view(), name="comment"),
    path("ehdotukset/<int:pk>/vahvistus-lahetetty/", voices.confirmation_sent, name="confirmation_sent"),
    path("ehdotukset/<int:pk>/ilmoitus-lahetetty/", voices.report_received, name="report_received"),
    path("kommentit/<int:pk>/ilmoita/", voices.ReportView.as_view(), name="report_comment"),
    path("vahvista/kannatus/<str:token>/", voices.ConfirmSupportView.as_view(), name="confirm_support"),
    path("vahvista/seuraaminen/<str:token>/", voices.ConfirmFollowView.as_view(), name="confirm_follow"),
    path("vahvista/kommentti/<str:token>/", voices.ConfirmCommentView.as_view(), name="confirm_comment"),
    path("lopeta-seuraaminen/<str:token>/", voices.UnfollowView.as_view(), name="unfollow"),
    path("lopeta-seuraaminen/<str:token>/heti/", voices.unfollow_now, name="unfollow_now"),
    path("seuraa/<slug:token>/", proposals.follow, name="proposal_follow"),
    path("seuraa/<slug:token>/vastaa/<int:question>/", author_desk.AnswerView.as_view(), name="answer_question"),
    path("seuraa/<slug:token>/vastusta/<int:merge>/", author_desk.ObjectView.as_view(), name="object_to_merge"),
    path("kierrokset/<slug:slug>/saannot/", rules.rules, name="rules"),
    path("kierrokset/<slug:slug>/saannot/<int:number>.json", rules.document, name="rules_document"),
    path("aanesta/<slug:slug>/", voting.VoteReviewView.as_view(), name="vote_review"),
    path("aanesta/<slug:slug>/anna/", voting.VoteCastView.as_view(), name="vote_cast"),
    path("aanesta/<slug:slug>/perilla/", voting.receipt, name="vote_receipt"),
    path("aanesta/<slug:slug>/kuitit/", voting.receipts, name="vote_receipts"),
    path("aanesta/<slug:slug>/tunnistaudu/", rights.IdentifyView.as_view(), name="vote_identify"),
    path("aanesta/<slug:slug>/tunnistettu/", rights.identified_page, name="vote_identified"),
    path("aanesta/<slug:slug>/lopeta/", rights.LeaveView.as_view(), name="vote_leave"),
    path("aanesta/<slug:slug>/koodi/", rights.CodeView.as_view(), name="vote_code"),
    path("aanesta/<slug:slug>/posti/", rights.MailView.as_view(), name="vote_mail"),
    path("aanesta/<slug:slug>/posti/lahetetty/", rights.mail_sent, name="vote_mail_sent"),
    path("aanesta/<slug:slug>/vahva/", oidc.begin, name="vote_oidc"),
    path("aanesta/<slug:slug>/luokka/", classes.ClassView.as_view(), name="vote_class"),
    path("aanesta/<slug:slug>/luokka/seuraava/", classes.NextPupilView.as_view(), name="vote_next_pupil"),
    path("aanesta/<slug:slug>/luokka/laput/", classes.slips, name="vote_slips"),
]
