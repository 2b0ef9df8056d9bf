"""The door: read a badge, see the verdict, let the next person come."""

from pathlib import Path

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from eventapp.checkin import actions
from eventapp.checkin.forms import ScanForm
from eventapp.checkin.models import ALREADY, WELCOME, Gate
from eventapp.checkin.queries import (
    Answer,
    answer_to,
    expected,
    gate_at,
    gates_of,
    inside,
    parts_in_sessions,
    people_named,
    scan_at,
)
from eventapp.checkin.told import Spot, spot_at
from eventapp.checkin.verdicts import REASONS
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door, run_meeting
from eventapp.pages import asset
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.text import clean
from eventapp.tokens import secret

bp = Blueprint("checkin", __name__)

PARTIAL = "X-Partial"  # the module of the page asks for the verdict alone
DECODER, WASM = "vendor/barcode-detector.js", "vendor/zxing_reader.wasm"


@bp.get("/meetings/<slug>/door")
@with_meeting(may=keep_door)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Ready to read; where several gates are open, first the choice of one."""
    gates = gates_of(meeting)
    gate = chosen_gate(meeting, gates)
    if gate is None:
        may_open = run_meeting(current_person(), meeting)
        return render_template("checkin/gates.html", meeting=meeting, gates=gates, may_open=may_open)
    return ready(meeting, gate, ScanForm(key=secret()))


@bp.get("/meetings/<slug>/door/people")
@with_meeting(may=keep_door)
def people(meeting: Meeting) -> ResponseReturnValue:
    """Find somebody by name, in either script."""
    gate = chosen_gate(meeting, gates_of(meeting))
    if gate is None:
        return redirect(url_for(".show", slug=meeting.slug))
    words = clean(request.args.get("name", ""))[:200]
    found = [(registration, secret()) for registration in people_named(meeting, words)] if words else []
    return render_template("checkin/people.html", meeting=meeting, gate=gate, words=words, found=found, **head(gate))


@bp.post("/meetings/<slug>/door/<gate>/scans")
@with_meeting(may=keep_door)
def create(meeting: Meeting, gate: str) -> ResponseReturnValue:
    spot, form, slug = spot_at(meeting.id, meeting.zone, gate), ScanForm(request.form), meeting.slug
    if spot is None:
        abort(404)
    if not form.validate():
        return ready(meeting, gate_or_404(meeting, gate), form), 422
    try:
        with transaction():
            answer = actions.scan_at(spot, form.reading(), by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return ready(meeting, gate_or_404(meeting, gate), form), 409
    if PARTIAL in request.headers:
        return render_template("checkin/_verdict.html", **told(answer, meeting, slug, spot))
    return redirect(url_for(".verdict", slug=slug, scan=answer.scan_id), 303)


@bp.get("/meetings/<slug>/door/<gate>/counts")
@with_meeting(may=keep_door)
def counts(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """How many are in and still to come, for a page that stays open."""
    return jsonify(head(gate_or_404(meeting, gate)))


@bp.get("/meetings/<slug>/door/scans/<int:scan>")
@with_meeting(may=keep_door)
def verdict(meeting: Meeting, scan: int) -> ResponseReturnValue:
    row = scan_at(meeting, scan)
    if row is None:
        abort(404)
    words = told(answer_to(row), meeting, meeting.slug, Spot.of(row.gate))
    return render_template("checkin/verdict.html", meeting=meeting, **words, **head(row.gate))


@bp.post("/meetings/<slug>/door/scans/<int:scan>/undo")
@with_meeting(may=keep_door)
def undone(meeting: Meeting, scan: int) -> ResponseReturnValue:
    row, person = scan_at(meeting, scan), current_person()
    if row is None or person is None:
        abort(404)
    gate = row.gate.code
    with transaction():
        actions.undo(row, by=person, at=now())
    return redirect(url_for(".show", slug=meeting.slug, gate=gate, undone=scan), 303)


def ready(meeting: Meeting, gate: Gate, form: ScanForm) -> Response:
    undone = request.args.get("undone", type=int)
    page = render_template(
        "checkin/show.html",
        meeting=meeting,
        gate=gate,
        form=form,
        several=len(gates_of(meeting)) > 1,
        undone=scan_at(meeting, undone) if undone and undone < 2**31 else None,
        **decoder(),
        **head(gate),
    )
    answer = make_response(page)
    answer.headers["X-Needs-Wasm"] = "1"
    return answer


def told(answer: Answer, meeting: Meeting, slug: str, spot: Spot) -> dict[str, object]:
    """The values of a verdict. Welcoming somebody asks the database for nothing more than their sessions."""
    lost = answer.verdict == ALREADY or answer.reason == actions.REPLACED
    return {
        "answer": answer,
        "gate": spot,
        "slug": slug,
        "reason": REASONS.get(answer.reason),
        "parts": parts_in_sessions(answer.card) if answer.card and answer.verdict == WELCOME else [],
        "may_issue": lost and run_meeting(current_person(), meeting),
    }


def head(gate: Gate) -> dict[str, int]:
    """How many are in today, and how many of those with a place are still to come."""
    here = inside(gate, now())
    return {"here": here, "to_come": max(expected(gate.meeting) - here, 0)}


def decoder() -> dict[str, str]:
    """Where the decoder for browsers without one of their own is, if it was installed."""
    folder = Path(str(current_app.static_folder))
    if not (folder / DECODER).exists() or not (folder / WASM).exists():
        return {"decoder": "", "wasm": ""}
    return {"decoder": asset(DECODER), "wasm": asset(WASM)}


def chosen_gate(meeting: Meeting, gates: list[Gate]) -> Gate | None:
    wanted = request.args.get("gate", "")
    only = gates[0] if len(gates) == 1 and not wanted else None
    return next((gate for gate in gates if gate.code == wanted), only)


def gate_or_404(meeting: Meeting, code: str) -> Gate:
    gate = gate_at(meeting, code)
    if gate is None:
        abort(404)
    return gate
