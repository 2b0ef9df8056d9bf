"""Behind a confirmation link: the notes that concern one person, and nothing else. Opening it changes nothing."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import db, transaction
from eventapp.gate import for_link_holder
from eventapp.kept import PLAIN, kept_at
from eventapp.outcomes.asked import AGREED, OBJECTED, WORDED, Confirmation
from eventapp.outcomes.begun import Begun, begun_of, is_split, keep_begun
from eventapp.outcomes.clearing import LINK_PURPOSE, end_link
from eventapp.outcomes.confirming import notes_to_confirm
from eventapp.outcomes.draft import draft_from
from eventapp.outcomes.models import Note
from eventapp.outcomes.replies import Said, reply
from eventapp.refusal import Refused
from eventapp.text import clean, fault_in, figure, words_in
from eventapp.tokens import hashed, read_link
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
    before: tuple[str, ...] = ()  # words that were kept here and do not stand in the form

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

    @property
    def fault_in_draft(self) -> str:
        """What stops it from being kept while it is typed: a text no page may hold, or far too long; '' for nothing."""
        return lines_fault(self.text, LONGEST_TEXT) or lines_fault(self.reason, LONGEST_REASON)

    def begun(self) -> Begun:
        """The answer as it is kept while it is typed; the words of the note itself are nobody's correction."""
        text = "" if self.text == self.note.current.text else self.text
        return Begun(self.revision, self.choice, text, self.reason)


@bp.get("/confirmations/<token>")
@for_link_holder
def show(token: str) -> ResponseReturnValue:
    """The notes of this link, or one sentence where it is over."""
    asked = asked_by(token)
    if asked is None or not asked.is_open(now()):
        return over(asked)
    return page(asked, token, answers_kept(asked))


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
        is_other = is_split(asked, base=base_sent()[0], mark=mark_in(request.form.get("mark")))
        return page(asked, token, beside_kept(asked, answers) if is_other else answers, tried=True), 422
    begun, said = typed_in(answers), {one.note.id: one.said() for one in answers}
    try:
        with transaction():
            keep_sent(asked, begun, at=at)
            reply(asked, said, at=at)
    except Refused as refused:
        if not asked.is_open(at):
            return over(asked)
        return page(asked, token, beside_kept(asked, answers), refusal=str(refused)), 409
    lost = words_typed(known=[one.note.id for one in answers])
    mark = "" if lost else mark_in(request.form.get("mark"))
    return render_template("outcomes/answered.html", asked=asked, meeting=asked.session.meeting, lost=lost, mark=mark)


@bp.post("/confirmations/<token>/draft")
@for_link_holder
def draft(token: str) -> ResponseReturnValue:
    """Keep what is being typed. Answers with the time, for the line that says so, and the version to go on from."""
    asked, at = asked_by(token), now()
    if asked is None or not asked.is_open(at):
        abort(404)
    answers = typed_of(asked)
    faults = [f"{one.note.reference}: {one.fault_in_draft}" for one in answers if one.fault_in_draft]
    if faults:
        return faults[0], 422, PLAIN
    begun = typed_in(answers)
    try:
        with transaction():
            version = keep_sent(asked, begun, at=at)
    except Refused as refused:
        return str(refused), 409, PLAIN
    return kept_at(f"{version}.{base_sent()[1]}", at, asked.session.meeting.tz)


def asked_by(token: str) -> Confirmation | None:
    parts = read_link(LINK_PURPOSE, token, at=now())
    return db.session.get(Confirmation, parts[0]) if parts else None


def typed_of(asked: Confirmation) -> list[Typed]:
    """The answer to each note of the link; before anything was sent, that all is right."""
    return [
        Typed(
            note,
            revision=figure(request.form.get(f"seen-{note.id}")),
            choice=chosen(request.form.get(f"choice-{note.id}")),
            text=clean(request.form.get(f"text-{note.id}", "")),
            reason=clean(request.form.get(f"reason-{note.id}", "")),
        )
        for note in notes_to_confirm(asked.session, asked.who)
    ]


def answers_kept(asked: Confirmation) -> list[Typed]:
    """The answer to each note as it was typed last and not sent. What was written of other words of a note than stand
    there now is not put into the form: it stands beside it.
    """
    begun, answers = begun_of(asked), []
    for note in notes_to_confirm(asked.session, asked.who):
        blank = Begun(note.head, AGREED)
        kept = begun.get(note.id, blank)
        one = kept if kept.seen == note.head else blank.after(kept, is_other=True)
        answers.append(Typed(note, note.head, one.choice, one.text, one.reason, one.before))
    return answers


def beside_kept(asked: Confirmation, answers: list[Typed]) -> list[Typed]:
    """These answers, each with the words that are kept and differ from it."""
    begun = begun_of(asked)
    return [replace(one, before=one.begun().after(begun.get(one.note.id), is_other=True).before) for one in answers]


def typed_in(answers: list[Typed]) -> dict[int, Begun]:
    """By the number of the note; read before a transaction forgets the notes."""
    return {one.note.id: one.begun() for one in answers}


def keep_sent(asked: Confirmation, begun: dict[int, Begun], *, at: datetime) -> int:
    form, (base, _read) = request.form, base_sent()
    return keep_begun(asked, begun, base=base, at=at, over=bool(form.get("over")), mark=mark_in(form.get("mark")))


def base_sent() -> tuple[int, str]:
    """From which version it was written, and what tells the words of the notes that were read."""
    version, _dot, read = request.form.get("base", "").partition(".")
    return figure(version, -1), read if re.fullmatch(r"[0-9a-f]{16}", read) else ""


def read_now(answers: list[Typed]) -> str:
    """Tells these notes as they stand from the same with other words, for the browser that keeps what is typed."""
    return hashed(" ".join(f"{one.note.id}.{one.note.head}" for one in answers))[:16]


def chosen(sent: str | None) -> str:
    """The answer that was chosen; a yes where none was, or none that there is."""
    return sent if sent in (WORDED, OBJECTED) else AGREED


def words_typed(known: Collection[int] = ()) -> list[str]:
    """What somebody wrote about notes other than these, to be given back: nothing takes it any more."""
    written = {WORDED: "text-", OBJECTED: "reason-"}
    picked = [
        (number, written[choice])
        for name, choice in request.form.items()
        if choice in written and (number := figure(name.removeprefix("choice-"))) not in known
    ]
    return [words for number, field in picked if (words := clean(request.form.get(f"{field}{number}", "")))]


def page(asked: Confirmation, token: str, answers: list[Typed], *, refusal: str = "", tried: bool = False) -> str:
    version = base_sent()[0] if tried else asked.begun_version
    return render_template(
        "outcomes/confirmation.html",
        asked=asked,
        token=token,
        answers=answers,
        base=f"{version}.{read_now(answers)}",
        over=refusal or request.form.get("over"),
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
