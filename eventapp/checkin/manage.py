"""Gates for organizers: open, close, count."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.queries import session_at
from eventapp.checkin.actions import change_gate, close_gate, open_gate, undo
from eventapp.checkin.forms import AdmissionForm, GateForm
from eventapp.checkin.gates import rules_in_words
from eventapp.checkin.models import Gate
from eventapp.checkin.offline.contradictions import contradictions, how_many_contradictions, settle
from eventapp.checkin.offline.held import decide
from eventapp.checkin.queries import (
    expected,
    gate_at,
    gate_counts,
    held_readings,
    how_many_held,
    refused_readings,
    scan_at,
    sessions_with_a_door,
)
from eventapp.checkin.self_check_in.queries import code_of_day
from eventapp.checkin.verdicts import HELD_BECAUSE, REASONS
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person

bp = Blueprint("checkin_manage", __name__)

COUNT, LEAVE_OUT = "count", "leave-out"  # of a reading that is held
SETTLE, TAKE_BACK = "settle", "take-back"  # of one that something speaks against
DECISIONS = (COUNT, LEAVE_OUT, SETTLE, TAKE_BACK)


@bp.get("/meetings/<slug>/manage/gates")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    return listed(meeting, GateForm(None, sessions_with_a_door(meeting)))


@bp.post("/meetings/<slug>/manage/gates")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = GateForm(request.form, sessions_with_a_door(meeting))
    if not form.validate():
        return listed(meeting, form), 422
    code = form.session.data  # without one the gate is of the building
    session = (session_at(meeting, code) or abort(404)) if code else None
    attempt(form, lambda: open_gate(meeting, form.name.data, session, by=current_person(), at=now()))
    if form.refused:
        return listed(meeting, form), 409
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/meetings/<slug>/manage/gates/<gate>")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """The name of a gate, and who may enter there."""
    door = open_gate_or_404(meeting, gate)
    return as_form(door, AdmissionForm.of(door))


@bp.post("/meetings/<slug>/manage/gates/<gate>")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, gate: str) -> ResponseReturnValue:
    door, form = open_gate_or_404(meeting, gate), AdmissionForm(request.form, meeting)

    def save() -> None:
        ways = {"reads_out": bool(form.reads_out.data), "self_check_in": bool(form.self_check_in.data)}
        change_gate(door, form.name.data, form.admission(), **ways, by=current_person(), at=now())
        flash(_("Saved."), "ok")

    return edited(
        form,
        lambda: AdmissionForm.of(door),
        save,
        lambda: as_form(door, form),
        url_for(".index", slug=meeting.slug),
        held=meeting,
    )


@bp.post("/meetings/<slug>/manage/gates/<gate>/close")
@with_meeting(may=run_meeting)
def close(meeting: Meeting, gate: str) -> ResponseReturnValue:
    door = gate_at(meeting, gate)
    if door is None:
        abort(404)
    with transaction():
        close_gate(door, by=current_person(), at=now())
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.get("/meetings/<slug>/manage/gates/readings")
@with_meeting(may=run_meeting)
def readings(meeting: Meeting) -> ResponseReturnValue:
    """Readings that wait for a decision, those that something speaks against, and those that let nobody in."""
    return render_template(
        "checkin/readings.html",
        meeting=meeting,
        held=held_readings(meeting),
        against=contradictions(meeting),
        refused=refused_readings(meeting),
        reasons=REASONS,
        held_because=HELD_BECAUSE,
    )


@bp.post("/meetings/<slug>/manage/gates/readings/<int:scan>")
@with_meeting(may=run_meeting)
def decided(meeting: Meeting, scan: int) -> ResponseReturnValue:
    """Let a held reading count, or not; say that a contradiction was looked at, or take the reading back."""
    row, decision, by = scan_at(meeting, scan), request.form.get("decision"), current_person()
    if row is None:
        abort(404)
    if decision not in DECISIONS or by is None:
        abort(422)
    with transaction():
        if decision == SETTLE:
            settle(row, by=by, at=now())
        elif decision == TAKE_BACK:
            undo(row, by=by, at=now())
        else:
            decide(row, counts=decision == COUNT, by=by, at=now())
    return redirect(url_for(".readings", slug=meeting.slug), 303)


def open_gate_or_404(meeting: Meeting, code: str) -> Gate:
    door = gate_at(meeting, code)
    if door is None or door.closed_at:
        abort(404)
    return door


def as_form(gate: Gate, form: AdmissionForm) -> str:
    at = now()
    today = {"today": at.astimezone(gate.meeting.tz).date(), "code_of_day": code_of_day(gate, at)}
    return render_template("checkin/gate.html", meeting=gate.meeting, gate=gate, form=form, **today)


def listed(meeting: Meeting, form: GateForm) -> str:
    today = now().astimezone(meeting.tz).date()
    gates = gate_counts(meeting, today)
    return render_template(
        "checkin/index.html",
        meeting=meeting,
        form=form,
        gates=gates,
        rules=rules_in_words(meeting, [one.gate for one in gates]),
        today=today,
        expected=expected(meeting),
        held=how_many_held(meeting) + how_many_contradictions(meeting),
    )
