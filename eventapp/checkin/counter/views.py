"""One person's badge at the counter: print it, or another in place of one that is lost."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from eventapp.badges.actions import print_badges, reissue
from eventapp.badges.forms import ReissueForm
from eventapp.badges.layouts.queries import alone, design_of, in_size, size_words
from eventapp.badges.printing import sheet
from eventapp.badges.printing.batches import Run
from eventapp.badges.printing.layouts import LAYOUTS, Design, Size
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
    """The badge as a PDF, as those of its category are printed; history says who printed it, and where."""
    registration = approved_or_404(meeting, reference)
    choice = Choice(unprinted=False, references=(registration.reference,))
    gate = gate_at(meeting, gate_code())
    with transaction():
        printed = faces(
            meeting, print_badges(meeting, choice, by=current_person(), at=now(), where=gate.name if gate else "")
        )
    design = design_for_one(registration, request.form.get("size", ""))
    title = _("Badge %(reference)s", reference=registration.reference)
    content = sheet.pdf_of([Run(design, pictured(meeting, printed))], title=title).pdf
    return download(f"badge-{registration.reference}.pdf", "application/pdf", content, inline=True)


def design_for_one(registration: Registration, wanted: str = "") -> Design:
    """As the badges of this category come out, alone on its page; or on one side in the size that was chosen here,
    where the printer of this counter is another than the meeting's.

    A size that is wanted in place of the one shown is remembered; the category's own makes it forgotten.
    """
    usual = usual_for(registration)
    shown = session.get(OF_COUNTER)
    if wanted in ALONE and wanted != usual.size:
        session[OF_COUNTER] = shown = wanted
    elif wanted == usual.size and shown in ALONE and shown != wanted:
        session.pop(OF_COUNTER)
        shown = None
    if shown == usual.size or shown not in ALONE:
        return usual
    return replace(in_size(usual, Size(shown)), back=None)


def usual_for(registration: Registration) -> Design:
    return alone(design_of(registration.meeting, registration.category))


def unreplaced(registration: Registration) -> ReissueForm:
    """The form for a lost badge, with nothing typed yet."""
    return ReissueForm(None, replaced=str(dead_badges_of(registration)))


def page_of(registration: Registration, form: ReissueForm, picturing: PhotographForm | None = None) -> str:
    meeting = registration.meeting
    gate = gate_at(meeting, gate_code())
    badges = badges_of(registration)
    page = {"registration": registration, "badges": badges, "gate": gate, "form": form}
    usual = usual_for(registration)
    own = [(usual.size, size_words(usual))] if usual.size == Size.OWN else []
    sizes = [*own, *((one, LAYOUTS[one].label) for one in ALONE)]
    page |= {"sizes": sizes, "size": design_for_one(registration).size}
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
