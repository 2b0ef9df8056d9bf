"""The organizer's page of who records what: a light for each session, and one rapporteur for another in two clicks."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_of, page_with
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.record.drafts.queries import SUMMARY, left_behind
from eventapp.record.progress import progress_of_sessions
from eventapp.record.rapporteurs.actions import assign, replace, set_shift, shifts_at, take_over
from eventapp.record.rapporteurs.queries import candidates, who_records
from eventapp.record.sessions.access import where, with_session
from eventapp.record.sessions.queries import codes_recorded, rapporteurs_of, session_at, sessions_with
from eventapp.record.sessions.rules import record_session

bp = Blueprint("rapporteurs", __name__)
CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
A_PAGE = 25  # sessions
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
    session = session_at(meeting, request.form.get("code", ""))
    if session is None:
        abort(404)
    role = next((one for one in rapporteurs_of(session) if str(one.id) == request.form.get("rapporteur")), None)
    people = who_records(meeting)
    person = next((one for one in people if str(one.id) == request.form.get("person")), None)
    if role is None and person is None:
        abort(404)
    try:
        span = span_of(session)
    except ValueError:
        sentence = _("Write both times as hours and minutes, such as 09:30; leave both empty for the whole session.")
        return board(meeting, session, sentence), 422
    form = Form()
    attempt(form, lambda: changed(session, role, person, span)(current_person(), now()))
    if form.refused:
        return board(meeting, session, form.refusal), 409
    page = page_with(codes_recorded(meeting), session.code, most=A_PAGE)
    return redirect(url_for("rapporteurs.index", slug=meeting.slug, page=page, _anchor=session.code), 303)


@bp.post("/meetings/<slug>/record/<code>/takeover")
@with_session(may=record_session)
def take(session: Session) -> ResponseReturnValue:
    """Go on with what a former rapporteur was typing."""
    found = (*left_behind(session), *left_behind(session, SUMMARY))
    draft = next((one for one in found if str(one.id) == request.form.get("kept")), None)
    person = current_person()
    if draft is None or person is None:
        abort(404)
    with transaction():
        mine = take_over(draft, by=person, at=now())
    if mine.kind == SUMMARY:
        return redirect(url_for("summaries.edit", kept=mine.id, **where(session)), 303)
    return redirect(url_for("capture.new", **where(session)), 303)


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
    at, people, codes = now(), who_records(meeting), codes_recorded(meeting)
    opened = wrong.code if wrong else request.args.get("open", "")
    listing = page_of(codes, request.args.get("page") or page_with(codes, opened, most=A_PAGE), most=A_PAGE)
    rows = progress_of_sessions(meeting, sessions_with(meeting, listing.rows), at=at)
    others = candidates([row.session for row in rows], people)
    return render_template(
        "record/rapporteurs.html",
        meeting=meeting,
        listing=listing,
        rows=[(row, others[row.session.id]) for row in rows],
        shifts=shifts_at(meeting),
        mail_of={person.id: person.email for person in people},
        opened=request.args.get("open", ""),
        zone=ZoneInfo(meeting.zone),
        wrong=wrong.id if wrong else None,
        sentence=sentence,
        typed=request.form,
        at=at,
    )
