"""The organizer's page of the record: lights per session, and approving notes, one or many."""

import re
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.outcomes import queries, summed
from eventapp.outcomes.checklist import has_unsourced
from eventapp.outcomes.clearing import approve, send_back
from eventapp.outcomes.confirming import open_replies_at
from eventapp.outcomes.models import Note, SummaryRevision
from eventapp.outcomes.standing import standings
from eventapp.outcomes.summaries import approve_summary, presenter_names
from eventapp.outcomes.summary import Summary, summary_from
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.text import clean
from eventapp.words import _

bp = Blueprint("outcomes_manage", __name__)


class Waiting(NamedTuple):
    """A summary that waits for approval, as it is read."""

    session: Session
    number: int
    said: Summary
    names: dict[int, str]

    @classmethod
    def of(cls, revision: SummaryRevision) -> "Waiting":
        session = revision.session
        return cls(session, revision.number, summary_from(revision.content), presenter_names(session))


@bp.get("/meetings/<slug>/manage/outcomes")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What waits for approval, by session; then the light of every session."""
    return desk(meeting)


@bp.post("/meetings/<slug>/manage/outcomes")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Approve the chosen notes, or send them back; all of them or none."""
    person, at, reason = current_person(), now(), clean(request.form.get("reason", ""))
    chosen = set(request.form.getlist("note"))
    try:
        with transaction():
            notes = [note for note in queries.notes_waiting(meeting) if str(note.id) in chosen]
            some(notes)
            for note in notes:
                if request.form.get("answer") == "back":
                    send_back(note, reason, by=person, at=at)
                else:
                    approve(note, by=person, at=at)
    except Refused as refused:
        return desk(meeting, refusal=str(refused), chosen=chosen, reason=reason), 409
    return redirect(url_for("outcomes_manage.index", slug=meeting.slug), 303)


@bp.post("/meetings/<slug>/manage/summaries")
@with_meeting(may=run_meeting)
def summarize(meeting: Meeting) -> ResponseReturnValue:
    """Approve the summary of a session, as it was read."""
    session = queries.session_at(meeting, request.form.get("code", ""))
    number = request.form.get("number", "")
    if session is None:
        abort(404)
    try:
        with transaction():
            read = int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0
            approve_summary(session, read, by=current_person(), at=now())
    except Refused as refused:
        return desk(meeting, refusal=str(refused)), 409
    return redirect(url_for("outcomes_manage.index", slug=meeting.slug), 303)


def some(notes: list[Note]) -> None:
    if not notes:
        raise Refused(_("Choose one note or more that wait for approval."))


def desk(meeting: Meeting, refusal: str = "", chosen: frozenset[str] | set[str] = frozenset(), reason: str = "") -> str:
    groups: dict[int, list[Note]] = {}
    replies = open_replies_at(meeting)
    for note in queries.notes_waiting(meeting):
        groups.setdefault(note.session_id, []).append(note)
    return render_template(
        "outcomes/manage.html",
        meeting=meeting,
        groups=list(groups.values()),
        rows=standings(meeting, queries.sessions_recorded(meeting), at=now()),
        replies=replies,
        disputed={one.note_id for one in replies},
        unsourced=has_unsourced,
        split=queries.split_notes(meeting),
        records=queries.records_of(meeting),
        summaries=[Waiting.of(one) for one in summed.summaries_waiting(meeting)],
        refusal=refusal,
        chosen=chosen,
        reason=reason,
    )
