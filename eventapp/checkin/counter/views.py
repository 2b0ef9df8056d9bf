"""One person's badge at the counter: print it, or another in place of one that is lost."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from eventapp.badges.actions import print_badges, reissue
from eventapp.badges.forms import ReissueForm
from eventapp.badges.printing import sheet
from eventapp.badges.printing.layouts import LAYOUTS, PARTS, Size, with_parts
from eventapp.badges.queries import Choice, badges_of, dead_badges_of, faces, pictured, portrait_at
from eventapp.checkin.queries import gate_at
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.downloads import download
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import keep_door
from eventapp.people.current import current_person
from eventapp.registration.models import APPROVED, Registration
from eventapp.registration.photographs.actions import take_photograph
from eventapp.registration.photographs.forms import PhotographForm
from eventapp.registration.queries import registration_by_number

bp = Blueprint("counter", __name__, url_prefix="/meetings/<slug>/door/badges/<reference>")

ALONE = tuple(size for size, layout in LAYOUTS.items() if layout.to_a_page == 1)  # one badge on a page
OF_COUNTER = "counter_size"  # the size chosen in this browser


@bp.get("")
@with_meeting(may=keep_door)
def show(meeting: Meeting, reference: str) -> ResponseReturnValue:
    registration = approved_or_404(meeting, reference)
    return page_of(registration, unreplaced(registration))


@bp.post("")
@with_meeting(may=keep_door)
def update(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """Another badge with a new code; the code of the one before is dead."""
    registration, form = approved_or_404(meeting, reference), ReissueForm(request.form)
    if not form.validate():
        return page_of(registration, form), 422
    replaced = figure(form.replaced.data) if form.replaced.data else None
    attempt(form, lambda: reissue(registration, form.because.data, by=current_person(), at=now(), replaced=replaced))
    if form.refused:
        return page_of(registration, form), 409
    return redirect(url_for(".show", slug=meeting.slug, reference=reference, gate=gate_code()), 303)


@bp.post("/photograph")
@with_meeting(may=keep_door)
def photograph(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """Keep a photograph that was taken here, of the person at the counter."""
    registration, by = approved_or_404(meeting, reference), current_person() or abort(404)
    form = PhotographForm(request.form)
    taken = form.photograph(meeting)
    if taken is None:
        return page_of(registration, unreplaced(registration), form), 422
    attempt(form, lambda: take_photograph(registration, taken, by=by, at=now()))
    if form.refused:
        return page_of(registration, unreplaced(registration), form), 409
    return redirect(url_for(".show", slug=meeting.slug, reference=reference, gate=gate_code()), 303)


@bp.post("/print")
@with_meeting(may=keep_door)
def create(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """The badge as a PDF of one page, as the meeting's badges are printed; history says who printed it, and where."""
    registration = approved_or_404(meeting, reference)
    choice = Choice(unprinted=False, references=(registration.reference,))
    gate = gate_at(meeting, gate_code())
    with transaction():
        printed = faces(
            meeting, print_badges(meeting, choice, by=current_person(), at=now(), where=gate.name if gate else "")
        )
    parts = meeting.badge_layout.get("parts", list(PARTS))
    shown = [with_parts(face, parts) for face in pictured(meeting, printed)]
    title = _("Badge %(reference)s", reference=registration.reference)
    content = sheet.pdf(shown, size_for_one(meeting, request.form.get("size", "")), title=title).pdf
    return download(f"badge-{registration.reference}.pdf", "application/pdf", content, inline=True)


def size_for_one(meeting: Meeting, wanted: str = "") -> Size:
    """The size that is wanted, remembered for this counter, whose printer may be another than the meeting's; or the one
    chosen here before; or that in which badges were printed last, its badge alone where that is several on a sheet.
    """
    if wanted in ALONE:
        session[OF_COUNTER] = wanted
    chosen = session.get(OF_COUNTER)
    if chosen in ALONE:
        return Size(chosen)
    size = Size(meeting.badge_layout.get("size", Size.A6))
    alone = {Size.CARD_SHEET: Size.CARD, Size.A7_SHEET: Size.A7}
    return size if size in ALONE else alone.get(size, Size.A6)


def unreplaced(registration: Registration) -> ReissueForm:
    """The form for a lost badge, with nothing typed yet."""
    return ReissueForm(None, replaced=str(dead_badges_of(registration)))


def page_of(registration: Registration, form: ReissueForm, picturing: PhotographForm | None = None) -> str:
    meeting = registration.meeting
    gate = gate_at(meeting, gate_code())
    badges = badges_of(registration)
    page = {"registration": registration, "badges": badges, "gate": gate, "form": form}
    page |= {"sizes": [(one, LAYOUTS[one].label) for one in ALONE], "size": size_for_one(meeting)}
    page |= {
        "picturing": picturing or PhotographForm(),
        "has_photo": portrait_at(meeting, registration.reference) != b"",
    }
    return render_template("checkin/badge.html", meeting=meeting, **page)


def gate_code() -> str:
    """The code of the gate that the page was opened at; "" for none."""
    return (request.form if request.method == "POST" else request.args).get("gate", "")[:20]


def approved_or_404(meeting: Meeting, reference: str) -> Registration:
    registration = registration_by_number(meeting, reference)
    if registration is None or registration.state != APPROVED:
        abort(404)
    return registration
