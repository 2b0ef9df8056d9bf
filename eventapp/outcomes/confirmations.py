"""Behind a confirmation link: the notes that concern one person, and nothing else. Opening it changes nothing."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.gate import for_link_holder
from eventapp.outcomes.asked import AGREED, OBJECTED, WORDED, Confirmation
from eventapp.outcomes.clearing import LINK_PURPOSE, end_link
from eventapp.outcomes.confirming import notes_to_confirm
from eventapp.outcomes.draft import draft_from
from eventapp.outcomes.models import Note
from eventapp.outcomes.replies import Said, reply
from eventapp.refusal import Refused
from eventapp.text import clean, fault_in, figure, words_in
from eventapp.tokens import read_link
from eventapp.vocabulary.notes import TEXT_LIMIT
from eventapp.windows import mark_in
from eventapp.words import _, ngettext

bp = Blueprint("confirmations", __name__)
LONGEST_REASON, LONGEST_TEXT = 1000, 3000


@dataclass(frozen=True)
class Typed:
    """What somebody chose and wrote about one note."""

    note: Note
    revision: int
    choice: str
    text: str
    reason: str

    @property
    def fault(self) -> str:
        """What is wrong with the answer; '' where it can be taken."""
        if self.choice == OBJECTED:
            return ("" if self.reason else _("Say in a sentence what is wrong.")) or lines_fault(
                self.reason, LONGEST_REASON
            )
        if self.choice != WORDED:
            return ""
        if self.text in ("", self.note.current.text):
            return _("Write how it should read, or choose another answer.")
        over = words_in(self.text) - TEXT_LIMIT
        if over > 0:
            return ngettext("Take out %(num)s word: a note has 150.", "Take out %(num)s words: a note has 150.", over)
        return lines_fault(self.text, LONGEST_TEXT)

    def said(self) -> Said:
        """The answer as the record takes it: what was typed for another choice does not count."""
        return Said(
            self.revision,
            text=self.text if self.choice == WORDED else "",
            reason=self.reason if self.choice == OBJECTED else "",
        )


@bp.get("/confirmations/<token>")
@for_link_holder
def show(token: str) -> ResponseReturnValue:
    """The notes of this link, or one sentence where it is over."""
    asked = asked_by(token)
    if asked is None or not asked.is_open(now()):
        return over(asked)
    return page(asked, token)


@bp.post("/confirmations/<token>")
@for_link_holder
def create(token: str) -> ResponseReturnValue:
    """Take the answer to every note, or end the link where its holder says so."""
    asked, at = asked_by(token), now()
    if asked is None:
        return over(asked)
    answers = typed_of(asked)
    if request.form.get("answer") == "end":
        with transaction():
            end_link(asked, by=asked.person, at=at)
        return render_template("outcomes/link_ended.html")
    if any(one.fault for one in answers):
        return page(asked, token, tried=True), 422
    try:
        with transaction():
            reply(asked, {one.note.id: one.said() for one in answers}, at=at)
    except Refused as refused:
        if not asked.is_open(at):
            return over(asked)
        return page(asked, token, refusal=str(refused)), 409
    lost = words_typed(known=[one.note.id for one in answers])
    mark = "" if lost else mark_in(request.form.get("mark"))
    return render_template("outcomes/answered.html", asked=asked, meeting=asked.session.meeting, lost=lost, mark=mark)


def asked_by(token: str) -> Confirmation | None:
    parts = read_link(LINK_PURPOSE, token, at=now())
    return db.session.get(Confirmation, parts[0]) if parts else None


def typed_of(asked: Confirmation) -> list[Typed]:
    """The answer to each note of the link; before anything was sent, that all is right."""
    return [
        Typed(
            note,
            revision=figure(request.form.get(f"seen-{note.id}")),
            choice=request.form.get(f"choice-{note.id}", AGREED),
            text=clean(request.form.get(f"text-{note.id}", "")),
            reason=clean(request.form.get(f"reason-{note.id}", "")),
        )
        for note in notes_to_confirm(asked.session, asked.who)
    ]


def words_typed(known: Collection[int] = ()) -> list[str]:
    """What somebody wrote about notes other than these, to be given back: nothing takes it any more."""
    written = {WORDED: "text-", OBJECTED: "reason-"}
    chosen = [
        (number, written[choice])
        for name, choice in request.form.items()
        if choice in written and (number := figure(name.removeprefix("choice-"))) not in known
    ]
    return [words for number, field in chosen if (words := clean(request.form.get(f"{field}{number}", "")))]


def page(asked: Confirmation, token: str, *, refusal: str = "", tried: bool = False) -> str:
    answers = typed_of(asked)
    return render_template(
        "outcomes/confirmation.html",
        asked=asked,
        token=token,
        answers=answers,
        faults=[one for one in answers if tried and one.fault],
        session=asked.session,
        meeting=asked.session.meeting,
        refusal=refusal,
    )


def over(asked: Confirmation | None) -> ResponseReturnValue:
    """One sentence: the link is spent, over or was never one. It does not say which note it was about.

    Whoever was writing meanwhile gets the words back.
    """
    answered = asked is not None and asked.answered_at is not None
    taken = words_taken(asked) if asked else set()
    lost = [words for words in words_typed() if words not in taken]
    zone = asked.session.meeting.zone if asked else "UTC"
    return render_template("outcomes/link_over.html", answered=answered, lost=lost, zone=zone), 200 if answered else 404


def words_taken(asked: Confirmation) -> set[str]:
    """What the answer to this link said: who presses twice, or again on a bad network, has lost nothing."""
    kept = (draft_from(one.kept.content).text for one in asked.replies if one.kept)
    return {*kept, *(one.reason for one in asked.replies)}


def lines_fault(text: str, most: int) -> str:
    return fault_in(text, most=most, lines=True) or ""
