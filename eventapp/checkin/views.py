"""The door: read a badge, see the verdict, let the next person come."""

from functools import cache
from http import HTTPStatus
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

from eventapp.badges.queries import portrait_at
from eventapp.checkin import actions
from eventapp.checkin.access import with_gate
from eventapp.checkin.forms import ScanForm
from eventapp.checkin.gates import rules_in_words
from eventapp.checkin.labels import Spot
from eventapp.checkin.models import ALREADY, HELD, IDENTIFY, Gate
from eventapp.checkin.offline.waiting import public_key, with_code
from eventapp.checkin.queries import (
    Answer,
    answer_to,
    came_and_inside,
    expected,
    gate_at,
    gates_of,
    people_named,
    scan_at,
)
from eventapp.checkin.reading import OUT, reading_in
from eventapp.checkin.self_check_in.queries import code_of_day
from eventapp.checkin.verdicts import worded
from eventapp.ground.clock import now
from eventapp.ground.db import db, transaction
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import language
from eventapp.ground.text.policy import clean, figure
from eventapp.ground.text.worded import text_in
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.ground.web.pages import asset
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import have_run_door, keep_door, run_meeting
from eventapp.people.current import Somebody, current_person
from eventapp.people.models import Person
from eventapp.registration.models import APPROVED

bp = Blueprint("checkin", __name__)

JSON = "application/json"  # what the module of the page asks for: it has the page already
DECODER, WASM = "vendor/barcode-detector.js", "vendor/zxing_reader.wasm"


@bp.get("/meetings/<slug>/door")
@with_meeting(may=have_run_door)
def show(meeting: Meeting) -> ResponseReturnValue:
    """Ready to read; where several gates are open, first the choice of one.

    Who keeps this door no longer hands over here what their phone kept.
    """
    if not keep_door(current_person(), meeting):
        return render_template("checkin/ended.html", meeting=meeting)
    gates = gates_of(meeting)
    gate = chosen_gate(meeting, gates)
    if gate is None:
        may_open = run_meeting(current_person(), meeting)
        return render_template("checkin/gates.html", meeting=meeting, gates=gates, may_open=may_open)
    return ready(meeting, gate, ScanForm(key=secret()), several=len(gates) > 1)


@bp.get("/meetings/<slug>/door/people")
@with_meeting(may=keep_door)
def people(meeting: Meeting) -> ResponseReturnValue:
    """Find somebody by name, in either script."""
    gate = chosen_gate(meeting, gates_of(meeting))
    if gate is None:
        return redirect(url_for(".show", slug=meeting.slug))
    words = clean(request.args.get("name", ""))[:200]
    found = [(registration, secret()) for registration in people_named(meeting, words)] if words else []
    page = {"words": words, "found": found, "goes_out": gate.reads_out and request.args.get("way") == OUT}
    return render_template("checkin/people.html", meeting=meeting, gate=gate, **page, **head(gate))


@bp.post("/meetings/<slug>/door/<gate>/scans")
@with_gate(may=keep_door)
def create(spot: Spot, person: Person) -> ResponseReturnValue:
    """One reading of a badge: the verdict, as values for the module of the page or as a page of its own."""
    reading, by = reading_in(with_code(request.form), reads_out=spot.reads_out), Somebody.of(person)
    if reading is None:
        return once_more(spot, ScanForm(request.form), HTTPStatus.UNPROCESSABLE_ENTITY)
    form = ScanForm(request.form)
    answer = attempt(form, lambda: actions.scan_at(spot, reading, by=by, at=now()))
    if answer is None:
        return once_more(spot, form, HTTPStatus.CONFLICT)
    if JSON in request.headers.get("Accept", ""):
        return jsonify(verdict_of(answer, spot))
    slug = spot.meeting.slug
    if answer.verdict == IDENTIFY:
        way = OUT if reading.goes_out else None
        return redirect(url_for(".people", slug=slug, gate=spot.code, name=reading.code, way=way), 303)
    return redirect(url_for(".verdict", slug=slug, scan=answer.scan_id), 303)


@bp.post("/meetings/<slug>/door/<gate>/held")
@with_gate(may=have_run_door)
def hand_over(spot: Spot, person: Person) -> ResponseReturnValue:
    """Take in a reading that was kept offline by somebody whose role has ended since; an organizer decides about it."""
    reading, by = reading_in(with_code(request.form), reads_out=spot.reads_out), Somebody.of(person)
    if reading is None or reading.offline_at is None:
        abort(422)
    with transaction():
        actions.hold(spot, reading, actions.ROLE_ENDED, by=by, at=now())
    return jsonify(verdict=HELD)  # and no word about whose badge it is


@bp.get("/meetings/<slug>/door/<gate>/counts")
@with_meeting(may=keep_door)
def counts(meeting: Meeting, gate: str) -> ResponseReturnValue:
    """How many are in and still to come, and the time, for a page that stays open."""
    return jsonify(**head(gate_or_404(meeting, gate)), now=now().isoformat())


@bp.get("/meetings/<slug>/door/scans/<int:scan>")
@with_meeting(may=keep_door)
def verdict(meeting: Meeting, scan: int) -> ResponseReturnValue:
    row = scan_at(meeting, scan)
    if row is None:
        abort(404)
    words = verdict_of(answer_to(row), Spot.of(row.gate))
    return render_template("checkin/verdict.html", meeting=meeting, gate=row.gate, told=words, **head(row.gate))


@bp.get("/meetings/<slug>/door/photos/<reference>")
@with_meeting(may=keep_door)
def photo(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """The photograph of somebody of this meeting, as small as on the badge, to compare with who stands there."""
    found = portrait_at(meeting, reference) or abort(404)
    return download(f"{reference}.jpg", "image/jpeg", found, inline=True, foreign=True)


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


def ready(meeting: Meeting, gate: Gate, form: ScanForm, *, several: bool) -> Response:
    undone = figure(request.args.get("undone"))
    page = render_template(
        "checkin/show.html",
        meeting=meeting,
        gate=gate,
        form=form,
        several=several,
        categories={category.name: text_in(category, "name", language())[0] for category in meeting.categories},
        undone=scan_at(meeting, undone) if undone else None,
        at=now(),
        rule=rules_in_words(meeting, [gate])[gate.id],
        code_of_day=code_of_day(gate, now()) if gate.self_check_in else "",
        seal=public_key(),
        **decoder(),
        **head(gate),
    )
    answer = make_response(page)
    answer.headers["X-Needs-Wasm"] = "1"
    return answer


def once_more(spot: Spot, form: ScanForm, status: HTTPStatus) -> ResponseReturnValue:
    """The page with what was sent and why not."""
    gate = db.session.get_one(Gate, spot.id)
    form.validate()
    return ready(gate.meeting, gate, form, several=len(gates_of(gate.meeting)) > 1), status


def verdict_of(answer: Answer, spot: Spot) -> dict[str, object]:
    """The values of a verdict, and the way to a new badge for who may have lost theirs."""
    words, card = worded(answer, spot, language()), answer.card
    lost = answer.verdict == ALREADY or answer.reason == actions.REPLACED
    if lost and card and card.state == APPROVED and card.meeting_id == spot.meeting_id:
        words["issue"] = url_for("counter.show", slug=spot.meeting.slug, reference=card.reference, gate=spot.code)
    if card and card.has_photo and card.meeting_id == spot.meeting_id:
        words["photo"] = url_for(".photo", slug=spot.meeting.slug, reference=card.reference)
    return words


def head(gate: Gate) -> dict[str, int]:
    """How many are in now, and how many of those with a place are still to come today."""
    came, here = came_and_inside(gate, now())
    return {"here": here, "to_come": max(expected(gate.meeting) - came, 0)}


def decoder() -> dict[str, str]:
    """Where the decoder for browsers without one of their own is, if it was installed."""
    if not has_decoder(str(current_app.static_folder)):
        return {"decoder": "", "wasm": ""}
    return {"decoder": asset(DECODER), "wasm": asset(WASM)}


@cache
def has_decoder(folder: str) -> bool:
    """Whether it was installed when the server started."""
    return all((Path(folder) / name).exists() for name in (DECODER, WASM))


def chosen_gate(meeting: Meeting, gates: list[Gate]) -> Gate | None:
    wanted = request.args.get("gate", "")
    only = gates[0] if len(gates) == 1 and not wanted else None
    return next((gate for gate in gates if gate.code == wanted), only)


def gate_or_404(meeting: Meeting, code: str) -> Gate:
    gate = gate_at(meeting, code)
    if gate is None:
        abort(404)
    return gate
