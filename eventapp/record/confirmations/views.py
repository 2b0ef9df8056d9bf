"""Behind a confirmation link: the notes that concern one person, and nothing else. Opening it changes nothing."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.drafts import protocol
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import clean, fault_in, figure, words_in
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.redraw.state import only_redraws
from eventapp.links.access import over, with_link
from eventapp.links.models import ANSWERED, ENDED
from eventapp.record.confirmations.actions import Said, end_link, reply
from eventapp.record.confirmations.drafts import AnswerDraft, answers_typed, is_split, keep_answers
from eventapp.record.confirmations.models import AGREED, LINK, OBJECTED, WORDED, Confirmation
from eventapp.record.confirmations.queries import notes_to_confirm
from eventapp.record.notes.content import content_from
from eventapp.record.notes.models import Note
from eventapp.vocabulary.notes import TEXT_LIMIT

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

    def answer_draft(self) -> AnswerDraft:
        """The answer as it is kept while it is typed; the words of the note itself are nobody's correction."""
        text = "" if self.text == self.note.current.text else self.text
        return AnswerDraft(self.revision, self.choice, text, self.reason)


def words_lost(asked: Confirmation) -> list[str]:
    """What whoever was writing meanwhile gets back: the words that no answer to this link took."""
    taken = words_taken(asked)
    return [words for words in words_typed() if words not in taken]


@bp.get("/confirmations/<token>")
@with_link(LINK)
def show(asked: Confirmation, token: str) -> ResponseReturnValue:
    """The notes of this link, or one sentence where it was answered."""
    if not asked.is_open(now()):
        return is_over(asked)
    return page(asked, token, answers_before(asked))


@bp.post("/confirmations/<token>")
@with_link(LINK, typed=words_lost)
def create(asked: Confirmation, token: str) -> ResponseReturnValue:
    """Take the answer to every note, or end the link where its holder says so."""
    answers, at = typed_of(asked), now()
    if request.form.get("answer") == "end":
        with transaction():
            end_link(asked, by=asked.person, at=at)
        return render_template("record/link_ended.html")
    if only_redraws():
        return page(asked, token, answers)
    if any(one.fault for one in answers):
        is_other = is_split(asked, protocol.sent())
        return page(asked, token, beside_drafts(asked, answers) if is_other else answers, tried=True), 422
    drafts, replies = typed_in(answers), {one.note.id: one.said() for one in answers}
    form = Form()

    def act() -> None:
        keep_answers(asked, drafts, protocol.sent(), at=at)
        reply(asked, replies, at=at)

    attempt(form, act)
    if form.refused and not asked.is_open(at):
        return is_over(asked)
    if form.refused:
        return page(asked, token, beside_drafts(asked, answers), refusal=form.refusal), 409
    lost = words_typed(known=[one.note.id for one in answers])
    mark = "" if lost else protocol.sent().mark
    return render_template("record/answered.html", asked=asked, meeting=asked.session.meeting, lost=lost, mark=mark)


@bp.post("/confirmations/<token>/draft")
@with_link(LINK)
def draft(asked: Confirmation, token: str) -> ResponseReturnValue:
    """Keep what is being typed. Answers with the time, for the line that says so, and the version to go on from."""
    answers = typed_of(asked)
    if not asked.is_open(now()):
        abort(404)
    faults = [f"{one.note.reference}: {one.fault_in_draft}" for one in answers if one.fault_in_draft]
    drafts = typed_in(answers)
    return protocol.answer(
        lambda at: keep_answers(asked, drafts, protocol.sent(), at=at),
        asked.session.meeting.tz,
        fault="".join(faults[:1]),
    )


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


def answers_before(asked: Confirmation) -> list[Typed]:
    """The answer to each note as it was typed last and not sent. What was written of other words of a note than stand
    there now is not put into the form: it stands beside it.
    """
    drafts, answers = answers_typed(asked), []
    for note in notes_to_confirm(asked.session, asked.who):
        blank = AnswerDraft(note.head, AGREED)
        draft = drafts.get(note.id, blank)
        one = draft if draft.seen == note.head else blank.after(draft, is_other=True)
        answers.append(Typed(note, note.head, one.choice, one.text, one.reason, one.before))
    return answers


def beside_drafts(asked: Confirmation, answers: list[Typed]) -> list[Typed]:
    """These answers, each with the words that are kept and differ from it."""
    drafts = answers_typed(asked)
    mine = {one.note.id: one.answer_draft().after(drafts.get(one.note.id), is_other=True) for one in answers}
    return [replace(one, before=mine[one.note.id].before) for one in answers]


def typed_in(answers: list[Typed]) -> dict[int, AnswerDraft]:
    """By the number of the note; read before a transaction forgets the notes."""
    return {one.note.id: one.answer_draft() for one in answers}


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
    version = protocol.sent().version if tried or only_redraws() else asked.version
    return render_template(
        "record/confirmation.html",
        asked=asked,
        token=token,
        answers=answers,
        version=version,
        base=read_now(answers),
        over=refusal or request.form.get("over"),
        faults=[one for one in answers if tried and one.fault],
        session=asked.session,
        meeting=asked.session.meeting,
        refusal=refusal,
    )


def is_over(asked: Confirmation) -> ResponseReturnValue:
    """The link was answered, or who was asked takes part no more. It does not say which note it was about."""
    return over(asked.session.meeting, ANSWERED if asked.answered_at else ENDED, words_lost(asked))


def words_taken(asked: Confirmation) -> set[str]:
    """What the answer to this link said: who presses twice, or again on a bad network, has lost nothing."""
    texts = (content_from(one.draft.content).text for one in asked.replies if one.draft)
    return {*texts, *(one.reason for one in asked.replies)}


def lines_fault(text: str, most: int) -> str:
    return fault_in(text, most=most, lines=True) or ""
