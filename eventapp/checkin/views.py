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
from eventapp.checkin.models import ALREADY, Gate
from eventapp.checkin.queries import (
    Answer,
    answer_to,
    expected,
    gate_at,
    gates_of,
    inside,
    people_named,
    scan_at,
)
from eventapp.checkin.reading import reading_in
from eventapp.checkin.told import Spot
from eventapp.checkin.verdicts import worded
from eventapp.clock import now
from eventapp.db import transaction
from eventapp.meetings.gate import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door, run_meeting
from eventapp.pages import address, asset, translated
from eventapp.people.current import current_person
from eventapp.refusal import Refused
from eventapp.registration.models import APPROVED
from eventapp.text import clean, figure
from eventapp.tokens import secret
from eventapp.words import language

bp = Blueprint("checkin", __name__)

JSON = "application/json"  # what the module of the page asks for: it has the page already
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
    """Whatever the counter (counter.py) left over: it answers most readings before they come here."""
    door, form, slug = gate_or_404(meeting, gate), ScanForm(request.form), meeting.slug
    reading = reading_in(request.form)
    if not form.validate() or reading is None:
        return ready(meeting, door, form), 422
    try:
        with transaction():
            spot = Spot.of(door)
            answer = actions.scan_at(spot, reading, by=current_person(), at=now())
    except Refused as refusal:
        form.refuse(refusal)
        return ready(meeting, door, form), 409
    if JSON in request.headers.get("Accept", ""):
        return jsonify(told(answer, spot, slug, may_run=run_meeting(current_person(), meeting)))
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
    words = told(answer_to(row), Spot.of(row.gate), meeting.slug, may_run=run_meeting(current_person(), meeting))
    return render_template("checkin/verdict.html", meeting=meeting, gate=row.gate, told=words, **head(row.gate))


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
    undone = figure(request.args.get("undone"))
    page = render_template(
        "checkin/show.html",
        meeting=meeting,
        gate=gate,
        form=form,
        several=len(gates_of(meeting)) > 1,
        categories={category.name: translated(category.name) for category in meeting.categories},
        undone=scan_at(meeting, undone) if undone else None,
        at=now(),
        **decoder(),
        **head(gate),
    )
    answer = make_response(page)
    answer.headers["X-Needs-Wasm"] = "1"
    return answer


def told(answer: Answer, spot: Spot, slug: str, *, may_run: bool) -> dict[str, object]:
    """The values of a verdict, and for whoever runs the meeting the way to a new badge."""
    words = worded(answer, spot, language())
    lost = answer.verdict == ALREADY or answer.reason == actions.REPLACED
    if lost and may_run and answer.card and answer.card.state == APPROVED:
        words["issue"] = address("badges_manage.show", slug=slug, reference=answer.card.reference)
    return words


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
