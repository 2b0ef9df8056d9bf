"""The slots of a meeting for organizers: opened by the day, closed one by one. Who meets in them is not shown."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.sessions.wall import planned
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.paging import page_in_sql
from eventapp.meetings.access import with_meeting, with_row
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.networking.bilaterals.models import BilateralSlot
from eventapp.networking.bilaterals.queries import slot_of, slots_of, taken_of
from eventapp.networking.slots.actions import open_slots, set_open
from eventapp.networking.slots.clocks import put_back, take_as_shown
from eventapp.networking.slots.forms import OpeningForm
from eventapp.networking.slots.queries import count_off_wall, off_wall
from eventapp.people.current import current_person

bp = Blueprint("networking_slots", __name__, url_prefix="/meetings/<slug>/manage/settings/networking/slots")
A_PAGE, SHOWN_OFF = 50, 20


@bp.get("")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Every slot by time, and the form that opens more."""
    return page(meeting, OpeningForm(None, day=meeting.starts_on, minutes=15))


@bp.post("")
@with_meeting(may=run_meeting)
def create(meeting: Meeting) -> ResponseReturnValue:
    form = OpeningForm(request.form)
    if not form.validate():
        return page(meeting, form), 422
    count = attempt(form, lambda: open_slots(meeting, form.opening(), by=current_person(), at=now()))
    if count is None:
        return page(meeting, form), 409
    if count:
        flash(ngettext("%(num)s slot is open.", "%(num)s slots are open.", count), "ok")
    else:
        flash(_("These slots are there already. One that is closed is opened again in the list."), "wait")
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/clocks/<any(planned, shown):which>")
@with_meeting(may=run_meeting)
def follow(meeting: Meeting, which: str) -> ResponseReturnValue:
    """Put slots back to the times they were opened for, or leave them where newer rules of the zone show them."""
    act = put_back if which == "planned" else take_as_shown
    refusal = refusal_from(lambda: act(meeting, by=current_person(), at=now()))
    left = count_off_wall(meeting)
    if refusal:
        flash(refusal, "stop")
    elif left:
        sentence = ngettext(
            "%(num)s slot stays: another begins there then. Leave it as shown now, or close one of the two.",
            "%(num)s slots stay: others begin there then. Leave them as shown now, or close one of each two.",
            left,
        )
        flash(sentence, "wait")
    else:
        flash(_("Saved."), "ok")
    return redirect(url_for(".index", slug=meeting.slug), 303)


@bp.post("/<int(max=999999999):number>/<any(closing, opening):act>")
@with_row(slot_of, may=run_meeting)
def change(slot: BilateralSlot, act: str) -> ResponseReturnValue:
    """Close one, or open it again."""
    refusal = refusal_from(lambda: set_open(slot, is_open=act == "opening", by=current_person(), at=now()))
    if refusal:
        flash(refusal, "stop")
    there = url_for(".index", slug=slot.meeting.slug, page=request.form.get("page") or None, _anchor="slots")
    return redirect(there, 303)


def page(meeting: Meeting, form: OpeningForm) -> str:
    listing = page_in_sql(slots_of(meeting), request.args.get("page"), most=A_PAGE)
    return render_template(
        "networking/slots.html",
        meeting=meeting,
        form=form,
        listing=listing,
        taken=taken_of(listing.rows, now()),
        off=page_in_sql(off_wall(meeting), None, most=SHOWN_OFF),
        planned=planned,
    )
