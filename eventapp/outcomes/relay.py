"""The organizer's page of who records what: a light for each session, and one rapporteur for another in two clicks."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.clock import now
from eventapp.dates import local
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.outcomes import queries
from eventapp.outcomes.gate import with_session
from eventapp.outcomes.handover import (
    assign,
    candidates,
    left_behind,
    parts_held,
    rapporteurs_of,
    replace,
    set_shift,
    shifts_at,
    take_over,
    who_records,
)
from eventapp.outcomes.rules import record_session
from eventapp.outcomes.standing import standings
from eventapp.outcomes.summed import SUMMING
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.words import _

bp = Blueprint("relay", __name__)
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
Span = tuple[datetime, datetime]


@bp.get("/meetings/<slug>/manage/rapporteurs")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every session with its light, its rapporteurs and their shifts."""
    return board(meeting)


@bp.post("/meetings/<slug>/manage/rapporteurs")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Add a rapporteur, put one in another's place, or say when one writes."""
    session = queries.session_at(meeting, request.form.get("code", ""))
    if session is None:
        abort(404)
    role = next((one for one in rapporteurs_of(session) if str(one.id) == request.form.get("rapporteur")), None)
    people = who_records(meeting, parts_held(meeting))
    person = next((one for one in people if str(one.id) == request.form.get("person")), None)
    if role is None and person is None:
        abort(404)
    try:
        span = span_of(session)
    except ValueError:
        sentence = _("Write both times as hours and minutes, such as 09:30; leave both empty for the whole session.")
        return board(meeting, session, sentence), 422
    try:
        with transaction():
            changed(session, role, person, span)(current_person(), now())
    except Refused as refused:
        return board(meeting, session, str(refused)), 409
    return redirect(url_for("relay.index", slug=meeting.slug, _anchor=session.code), 303)


@bp.post("/meetings/<slug>/record/<code>/takeover")
@with_session(may=record_session)
def take(session: Session) -> ResponseReturnValue:
    """Go on with what a former rapporteur was typing."""
    found = (*left_behind(session), *left_behind(session, SUMMING))
    kept = next((one for one in found if str(one.id) == request.form.get("kept")), None)
    person = current_person()
    if kept is None or person is None:
        abort(404)
    with transaction():
        mine = take_over(kept, by=person, at=now())
    where: dict[str, Any] = {"slug": session.meeting.slug, "code": session.code}
    if mine.part == SUMMING:
        return redirect(url_for("summaries.edit", kept=mine.id, **where), 303)
    return redirect(url_for("outcomes.new", **where), 303)


def changed(
    session: Session, role: SpeakingRole | None, person: Person | None, span: Span | None
) -> Callable[[Person | None, datetime], object]:
    """What was asked for: with both, one takes the other's place; with a person, one more; else the shift."""
    if role is not None and person is not None:
        return lambda by, at: replace(role, person, by=by, at=at)
    if person is not None:
        return lambda by, at: assign(session, person, by=by, at=at, shift=span)
    if role is None:
        abort(404)
    return lambda by, at: set_shift(role, span, by=by, at=at)


def span_of(session: Session) -> Span | None:
    """The two times of the form on the session's day, None where both are empty. ValueError where they are none."""
    words = [request.form.get(name, "").strip() for name in ("from", "to")]
    if not any(words):
        return None
    begins, ends = (time_of(session, word) for word in words)
    return begins, ends


def time_of(session: Session, word: str) -> datetime:
    found = CLOCK.fullmatch(word)
    if found is None:
        raise ValueError(word)
    day = local(session.starts_at, session.meeting.tz)
    return day.replace(hour=int(found[1]), minute=int(found[2]), second=0, microsecond=0)


def board(meeting: Meeting, wrong: Session | None = None, sentence: str = "") -> str:
    at, roles = now(), parts_held(meeting)
    rows = standings(meeting, queries.sessions_recorded(meeting), at=at)
    people = who_records(meeting, roles)
    return render_template(
        "outcomes/relay.html",
        meeting=meeting,
        rows=[(row, candidates(row.session, roles, people)) for row in rows],
        shifts=shifts_at(meeting),
        mail_of={one.person_id: one.person.email for one in roles if one.person},
        opened=request.args.get("open", ""),
        zone=ZoneInfo(meeting.zone),
        wrong=wrong.id if wrong else None,
        sentence=sentence,
        typed=request.form,
        at=at,
    )
