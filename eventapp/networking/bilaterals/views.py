"""Bilateral meetings behind the own link: ask, answer, another time, call off."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.availability.on_board import also_away
from eventapp.agenda.planning.beyond import also_warn
from eventapp.ground.clock import now
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import figure
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.networking.access import with_participant
from eventapp.networking.bilaterals.actions import accept, ask, call_off, decline, propose
from eventapp.networking.bilaterals.forms import AskForm, ReasonForm, TimeForm
from eventapp.networking.bilaterals.models import Bilateral, BilateralSlot
from eventapp.networking.bilaterals.queries import (
    agreed_spans,
    bilateral_of,
    bilaterals_of,
    days_with,
    free_slots,
    slot_of,
    slots_on,
)
from eventapp.networking.bilaterals.warnings import over_bilaterals
from eventapp.networking.queries import found_by, is_open
from eventapp.registration.models import Registration

bp = Blueprint("bilaterals", __name__, url_prefix="/registrations/<token>/networking")
also_warn(over_bilaterals)
also_away(agreed_spans)
NUMBER = "<int(max=999999999):number>"


@bp.app_template_global("own_bilaterals")
def own_bilaterals(registration: Registration) -> list[Bilateral]:
    """Requests and meetings of this participant that stand, by time, for other pages of theirs."""
    if not registration.holds_a_place or not is_open(registration.meeting):
        return []
    at = now()
    found = [one for one in bilaterals_of(registration) if one.stands(at)]
    return sorted(found, key=lambda one: one.slot.starts_at if one.slot else one.expires_at)


@bp.get(f"/people/{NUMBER}/request")
@with_participant
def new(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """What about, and when: ?day= shows the free times of another day."""
    other = found_by(registration, number) or abort(404)
    return ask_page(registration, token, other, None)


@bp.post(f"/people/{NUMBER}/request")
@with_participant
def create(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    other = found_by(registration, number) or abort(404)
    form = AskForm(request.form)
    if not form.validate():
        return ask_page(registration, token, other, form), 422
    made = attempt(form, lambda: ask(registration, other, form.words.data, slot_in(registration, form), at=now()).id)
    if made is None:
        return ask_page(registration, token, other, form), 409
    flash(_("%(name)s is asked, and answers here and by email.", name=other.record_name), "ok")
    return redirect(url_for(".show", token=token, number=made), 303)


@bp.get(f"/meetings/{NUMBER}")
@with_participant
def show(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """One request or meeting, with what can be done; the other's address once both agreed."""
    return meeting_page(registration, token, mine(registration, number))


@bp.post(f"/meetings/{NUMBER}/acceptance")
@with_participant
def agree(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    one = mine(registration, number)
    return done(registration, token, one, Form(), lambda: accept(one, registration, at=now()))


@bp.post(f"/meetings/{NUMBER}/refusal")
@with_participant
def refuse(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    one, form = mine(registration, number), ReasonForm(request.form)
    return done(registration, token, one, form, lambda: decline(one, registration, form.reason.data or "", at=now()))


@bp.post(f"/meetings/{NUMBER}/end")
@with_participant
def end(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """Take a request back, or call a meeting off."""
    one, form = mine(registration, number), ReasonForm(request.form)
    return done(registration, token, one, form, lambda: call_off(one, registration, form.reason.data or "", at=now()))


@bp.get(f"/meetings/{NUMBER}/time")
@with_participant
def time(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    """Another time: ?day= shows the free times of another day."""
    return time_page(registration, token, mine(registration, number), None)


@bp.post(f"/meetings/{NUMBER}/time")
@with_participant
def change_time(registration: Registration, token: str, number: int) -> ResponseReturnValue:
    one, form = mine(registration, number), TimeForm(request.form)

    def act() -> None:
        slot = slot_in(registration, form)
        if slot is None:
            raise Refused(_("Choose a time."), beside="slot")
        propose(one, registration, slot, at=now())

    attempt(form, act)
    if form.refused:
        return time_page(registration, token, one, form), 409
    flash(_("The other time is asked for."), "ok")
    return redirect(url_for(".show", token=token, number=number), 303)


def done(
    registration: Registration, token: str, one: Bilateral, form: Form, act: Callable[[], None]
) -> ResponseReturnValue:
    """Do what a button says and show the meeting again."""
    if not form.validate():
        return meeting_page(registration, token, one, form), 422
    attempt(form, act)
    if form.refused:
        return meeting_page(registration, token, one, form), 409
    return redirect(url_for(".show", token=token, number=one.id), 303)


def mine(registration: Registration, number: int) -> Bilateral:
    return bilateral_of(registration, number) or abort(404)


def slot_in(registration: Registration, form: TimeForm) -> BilateralSlot | None:
    """The slot that was chosen; None for none yet. Refused for one that is not there."""
    if not form.slot.data:
        return None
    slot = slot_of(registration.meeting, figure(form.slot.data))
    if slot is None:
        raise Refused(_("This time is not open any more. Choose another."), beside="slot")
    return slot


def times_for(registration: Registration, other: Registration, but: Bilateral | None = None) -> dict[str, object]:
    """The days with another slot that is free for both, the day that the address asks for, and its slots."""
    free = free_slots(registration.meeting, (registration, other), now(), but.id if but else 0)
    if but is not None and but.slot_id is not None:
        free = free.where(BilateralSlot.id != but.slot_id)
    days = days_with(free)
    chosen = next((one for one in days if one.isoformat() == request.values.get("day", "")), days[0] if days else None)
    slots = slots_on(free, registration.meeting, chosen) if chosen else []
    return {"days_free": days, "day_shown": chosen, "slots": slots}


def ask_page(registration: Registration, token: str, other: Registration, form: AskForm | None) -> str:
    times = times_for(registration, other)
    shown = with_slots(form or AskForm(None), AskForm(None, slots_in(times)))
    return render_template("networking/ask.html", **around(registration, token), other=other, form=shown, **times)


def time_page(registration: Registration, token: str, one: Bilateral, form: TimeForm | None) -> str:
    other = one.other_than(registration)
    times = times_for(registration, other, one)
    shown = with_slots(form or TimeForm(None), TimeForm(None, slots_in(times)))
    return render_template(
        "networking/time.html", **around(registration, token), one=one, other=other, form=shown, **times
    )


def with_slots(form: TimeForm, offered: TimeForm) -> TimeForm:
    """The form as it was typed, with the slots that are free now."""
    form.slot.choices = offered.slot.choices
    return form


def slots_in(times: dict[str, object]) -> list[BilateralSlot]:
    slots = times["slots"]
    return [one for one in slots if isinstance(one, BilateralSlot)] if isinstance(slots, list) else []


def meeting_page(registration: Registration, token: str, one: Bilateral, form: Form | None = None) -> str:
    at = now()
    return render_template(
        "networking/meeting.html",
        **around(registration, token),
        one=one,
        other=one.other_than(registration),
        state=one.state_now(at),
        waits=one.waits_for(registration, at),
        has_begun=one.slot is not None and one.slot.starts_at <= at,
        form=form or Form(),
        reasons=form if isinstance(form, ReasonForm) else ReasonForm(),
    )


def around(registration: Registration, token: str) -> dict[str, object]:
    return {"registration": registration, "meeting": registration.meeting, "token": token}
