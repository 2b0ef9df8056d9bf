"""The organizer's page of the record: lights per session, and approving notes, one or many."""

import re
from typing import NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import clean
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_of
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.record.clearing.actions import approve, send_back
from eventapp.record.confirmations.queries import open_replies_at
from eventapp.record.drafts.queries import split_notes
from eventapp.record.notes import queries
from eventapp.record.notes.labels import has_unsourced
from eventapp.record.notes.models import Note
from eventapp.record.progress import progress_of_sessions
from eventapp.record.sessions.queries import codes_recorded, records_of, session_at, sessions_with
from eventapp.record.summaries import queries as summed
from eventapp.record.summaries.actions import approve_summary, presenter_names
from eventapp.record.summaries.content import Summary, summary_from
from eventapp.record.summaries.models import SummaryRevision

bp = Blueprint("record_manage", __name__)

A_PAGE = 50  # sessions


class Waiting(NamedTuple):
    """A summary that waits for approval, as it is read."""

    session: Session
    number: int
    summary: Summary
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
    chosen, form = set(request.form.getlist("note")), Form()

    def act() -> None:
        notes = [note for note in queries.notes_waiting(meeting) if str(note.id) in chosen]
        some(notes)
        for note in notes:
            if request.form.get("answer") == "back":
                send_back(note, reason, by=person, at=at)
            else:
                approve(note, by=person, at=at)

    attempt(form, act)
    if form.refused:
        return desk(meeting, refusal=form.refusal, chosen=chosen, reason=reason), 409
    return redirect(url_for("record_manage.index", slug=meeting.slug), 303)


@bp.post("/meetings/<slug>/manage/summaries")
@with_meeting(may=run_meeting)
def summarize(meeting: Meeting) -> ResponseReturnValue:
    """Approve the summary of a session, as it was read."""
    session = session_at(meeting, request.form.get("code", ""))
    number, form = request.form.get("number", ""), Form()
    if session is None:
        abort(404)
    read = int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 0
    attempt(form, lambda: approve_summary(session, read, by=current_person(), at=now()))
    if form.refused:
        return desk(meeting, refusal=form.refusal), 409
    return redirect(url_for("record_manage.index", slug=meeting.slug), 303)


def some(notes: list[Note]) -> None:
    if not notes:
        raise Refused(_("Choose one note or more that wait for approval."))


def desk(meeting: Meeting, refusal: str = "", chosen: frozenset[str] | set[str] = frozenset(), reason: str = "") -> str:
    groups: dict[int, list[Note]] = {}
    replies = open_replies_at(meeting)
    for note in queries.notes_waiting(meeting):
        groups.setdefault(note.session_id, []).append(note)
    listing = page_of(codes_recorded(meeting), request.args.get("page"), most=A_PAGE)
    return render_template(
        "record/manage.html",
        meeting=meeting,
        groups=list(groups.values()),
        listing=listing,
        rows=progress_of_sessions(meeting, sessions_with(meeting, listing.rows), at=now()),
        replies=replies,
        disputed={one.note_id for one in replies},
        unsourced=has_unsourced,
        split=split_notes(meeting),
        records=records_of(meeting),
        summaries=[Waiting.of(one) for one in summed.summaries_waiting(meeting)],
        refusal=refusal,
        chosen=chosen,
        reason=reason,
    )
