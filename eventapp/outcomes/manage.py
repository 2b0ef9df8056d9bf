"""The organizer's page of the record: lights per session, and approving notes, one or many."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.outcomes import queries
from eventapp.outcomes.checklist import has_unsourced
from eventapp.outcomes.clearing import approve, send_back
from eventapp.outcomes.confirming import open_replies_at
from eventapp.outcomes.models import Note
from eventapp.outcomes.standing import standings
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.text import clean
from eventapp.words import _

bp = Blueprint("outcomes_manage", __name__)


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
        refusal=refusal,
        chosen=chosen,
        reason=reason,
    )
