"""What residents say of the demo round's proposals: supports, followers and comments, sent and confirmed as they do it."""

from __future__ import annotations

from budgeting_blocks.models import Proposal, ProposalComment, Round
from budgeting_blocks.services.comments import comment_token, confirm_comment, submit_comment
from budgeting_blocks.services.voices import confirm_support, support_token
from home.demo.context import Demo

COMMENTS = (
    ("Laavu Kytäjän metsäpolun varteen", "Retkeilijä", "Hyvä paikka. Toivottavasti viereen mahtuu myös pyöräteline."),
    (
        "Laavu Kytäjän metsäpolun varteen",
        "Naapuri polun päästä",
        "Polttopuut pitää tuoda autolla. Kuka huoltaa paikan?",
    ),
    ("Lisää penkkejä Hyvinkäänkylän raitille", "Mummi 78", "Selkänoja ja käsinojat, kiitos. Niiltä pääsee ylöskin."),
)
WAITING = ("Lisää penkkejä Hyvinkäänkylän raitille", "Iltakävelijä", "Yksi penkki voisi olla uimarannan puolella.")


def build(demo: Demo, round: Round) -> None:
    public = list(Proposal.objects.published_in(round).select_related("round", "screening").order_by("pk"))
    for place, proposal in enumerate(public):
        if proposal.assessment.state in ("rejected", "withdrawn"):
            continue
        for number in range((place * 7 + 3) % 11):
            confirm_support(token=support_token(proposal, f"kannattaja-{number}@example.com"), now=demo.now)
    for title, name, text in (*COMMENTS, WAITING):
        comment = _comment(demo, next(proposal for proposal in public if proposal.title == title), name, text)
        if (title, name, text) != WAITING:
            demo.approve(comment)


def _comment(demo: Demo, proposal: Proposal, name: str, text: str) -> ProposalComment:
    comment = submit_comment(
        proposal=proposal,
        name=name,
        text=text,
        email=f"kommentoija-{len(text)}@example.com",
        submission_key=f"demo-comment-{name}",
        now=demo.day(-2, 18),
    )
    return confirm_comment(token=comment_token(comment), now=demo.now)
