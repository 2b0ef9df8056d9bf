"""Closing a session: what is missing, the summary, handing in, and asking moderator and speakers to confirm."""

import re
from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.policy import clean
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form, Text
from eventapp.people.current import current_person
from eventapp.record.clearing.actions import submit_session
from eventapp.record.clearing.answers import accept, turn_down
from eventapp.record.clearing.checklist import Checklist, checklist
from eventapp.record.confirmations.actions import ask_everybody, ask_to_confirm, end_link
from eventapp.record.confirmations.models import Addressee, Confirmation, Reply, called
from eventapp.record.confirmations.people import words_of
from eventapp.record.confirmations.queries import confirmations_of, people_to_ask, replies_of, reply_in
from eventapp.record.notes import queries
from eventapp.record.notes.access import corrigible
from eventapp.record.notes.content import content_from
from eventapp.record.notes.difference import Run, words_changed
from eventapp.record.notes.models import DRAFT
from eventapp.record.sessions.access import session_page, where, with_session
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import record_of
from eventapp.record.sessions.rules import record_session
from eventapp.record.summaries.actions import summary_of

bp = Blueprint("clearing", __name__)
LONGEST_ANSWER = 500


class Answered(NamedTuple):
    """A reply that waits, and the words it would change."""

    reply: Reply
    runs: tuple[Run, ...]


class Row(NamedTuple):
    """Somebody who may be asked to confirm: by which value of the form, what came of it, how many notes wait."""

    who: Addressee
    key: str
    name: str
    asked: Confirmation | None
    waiting: int

    @property
    def part(self) -> str:
        return self.who.label if isinstance(self.who, SpeakingRole) else _("spoke from the floor")


class HandInForm(Form):
    """Why a session is handed in although something is missing, and whether people are asked at once."""

    ask = BooleanField(_l("Ask everybody concerned to confirm, by letter, now"))
    despite = Text(_l("Why the session is handed in all the same"), most=500)

    def excuse(self, listed: Checklist) -> bool:
        """Whether nothing is missing, or somebody said why; else the field says what to write."""
        if listed.warnings and not self.despite.data:
            self.despite.errors = (_("Say in a sentence why, or put right what is missing."),)
            return False
        return True


@bp.get("/meetings/<slug>/record/<code>/submission")
@with_session(may=record_session)
def show(session: Session) -> ResponseReturnValue:
    """What is missing, and the form that hands the session in."""
    record = record_of(session)
    return closing(session, form_of(record))


@bp.post("/meetings/<slug>/record/<code>/submission")
@with_session(may=record_session)
def create(session: Session) -> ResponseReturnValue:
    """Hand the session in."""
    form, person, at = HandInForm(request.form), current_person(), now()
    listed = checklist(session)
    if not form.validate() or not (listed.stops or form.excuse(listed)):
        return closing(session, form), 422

    def act() -> None:
        submit_session(session, by=person, at=at, despite=form.despite.data or "")
        if form.ask.data and people_to_ask(session, at=at):
            ask_everybody(session, by=person, at=at)

    attempt(form, act)
    if form.refused:
        return closing(session, form), 409
    return redirect(url_for("clearing.show", **where(session)), 303)


@bp.post("/meetings/<slug>/record/<code>/confirmations")
@with_session(may=record_session)
def ask(session: Session) -> ResponseReturnValue:
    """Send one person a link to confirm by, or everybody whose word is missing; or end one."""
    everybody = request.form.get("role") == "everybody"
    who = next((one for one in words_of(session).people if key_of(one) == request.form.get("role")), None)
    ended = next((one for one in confirmations_of(session) if str(one.id) == request.form.get("ended")), None)
    if who is None and ended is None and not everybody:
        abort(404)
    person, at = current_person(), now()

    def act() -> None:
        if who is not None:
            ask_to_confirm(session, who, by=person, at=at)
        elif ended is not None:
            end_link(ended, by=person, at=at)
        else:
            ask_everybody(session, by=person, at=at)

    return done(session, act, "confirmation")


@bp.post("/meetings/<slug>/record/<code>/replies")
@with_session(may=record_session)
def decide(session: Session) -> ResponseReturnValue:
    """Take the words somebody proposed by link, or say what is done about them or about an objection."""
    number = request.form.get("reply", "")
    answer = reply_in(session, int(number)) if re.fullmatch(r"[0-9]{1,9}", number) else None
    if answer is None:
        abort(404)
    person, at, words = current_person(), now(), clean(request.form.get("words", ""))[:LONGEST_ANSWER]

    def act() -> None:
        corrigible(answer.note, person)
        if request.form.get("choice") == "accept":
            accept(answer, by=person, at=at)
        else:
            turn_down(answer, words, by=person, at=at)

    return done(session, act, "replies")


def done(session: Session, act: Callable[[], None], anchor: str) -> ResponseReturnValue:
    """Do it and show the page again, there or with the refusal above."""
    form = form_of(record_of(session))
    attempt(form, act)
    if form.refused:
        return closing(session, form), 409
    return redirect(url_for("clearing.show", **where(session), _anchor=anchor), 303)


def closing(session: Session, form: HandInForm) -> str:
    at = now()
    asked = {one.who: one for one in reversed(confirmations_of(session))}
    words = words_of(session)
    notes, replies = queries.notes_of(session), replies_of(session)
    return session_page(
        "record/submission.html",
        session,
        form=form,
        notes=notes,
        drafts=[note for note in notes if note.state == DRAFT and not note.current.off_record],
        record=record_of(session),
        listed=checklist(session),
        session_summary=summary_of(session),
        people=[
            Row(one, key_of(one), called(one), asked.get(one), len(words.waiting_for(one))) for one in words.people
        ],
        unknown=words.unknown,
        to_ask=people_to_ask(session, at=at),
        replies=[Answered(one, proposed_runs(one)) for one in replies if one.is_open],
        settled=[one for one in replies if not one.is_open],
        typed=request.form.get("words", ""),
        at=at,
    )


def proposed_runs(answer: Reply) -> tuple[Run, ...]:
    """The difference between what the note says and what its speaker proposes, word by word."""
    text = answer.note.current.text
    return words_changed(text, content_from(answer.draft.content).text) if answer.draft else ()


def form_of(record: SessionRecord | None) -> HandInForm:
    return HandInForm(despite=record.despite if record else "", ask=not record or not record.submitted_at)


def key_of(who: Addressee) -> str:
    """Tells the parts of a session and the participants apart in a form."""
    return f"{'' if isinstance(who, SpeakingRole) else 'registration-'}{who.id}"
