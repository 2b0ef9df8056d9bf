"""An organizer puts right what somebody answered, a name that was misheard, and opens what is sealed."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.addresses import address_of
from eventapp.people.current import current_person
from eventapp.registration.answers.looks import look_at, take_file_along
from eventapp.registration.answers.queries import file_answered, full_choices, given, sealed_answers
from eventapp.registration.changes.actions import correct
from eventapp.registration.changes.address import readdress
from eventapp.registration.changes.versions import mark_of, stages_to_correct
from eventapp.registration.forms.organizations import KNOWN
from eventapp.registration.forms.registration import answers
from eventapp.registration.manage import me, of_number
from eventapp.registration.models import UNCONFIRMED, Registration
from eventapp.registration.uploads.reading import served
from eventapp.registration.views import checked, files_of, hold
from eventapp.registration.walk_ins.forms import CounterForm

bp = Blueprint("registration_correcting", __name__, url_prefix="/meetings/<slug>/manage/registrations")


@bp.get("/<reference>/answers")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """The answers that are on record, as a form."""
    registration = of_number(meeting, reference)
    on_record = answers(registration, {})
    shown = address_shown(registration)
    stages, there = stages_to_correct(registration), given(registration)
    base = mark_of(registration, stages)
    form = CounterForm(None, meeting=meeting, stages=stages, given=there, base=base, address=shown, **on_record)
    leave_sealed(form, registration)
    return page_of(registration, form)


@bp.post("/<reference>/answers")
@with_meeting(may=run_meeting)
def update(meeting: Meeting, reference: str) -> ResponseReturnValue:
    registration = of_number(meeting, reference)
    stages = stages_to_correct(registration)
    form = CounterForm(request.form, meeting=meeting, stages=stages, given=given(registration))
    leave_sealed(form, registration)
    if not form.address.data:  # the page asked for no other one
        form.email.data, form.email.raw_data = registration.person.email, [registration.person.email]
    if form.asks_again:
        hold(form, files_of(form))
        return page_of(registration, form)
    sound, uploads = checked(form)
    if not sound:
        hold(form, uploads)
        return page_of(registration, form), 422
    by = current_person() or abort(404)

    def act() -> None:
        if form.address.data and address_of(form.email.data) != form.address.data:
            readdress(registration, form.email.data, before=form.address.data, by=by, at=now())
        base, despite = form.base.data or "", form.despite.data or ""
        correct(registration, form.application(), by=by, at=now(), files=uploads, base=base, despite=despite)

    attempt(form, act)
    if form.refused:
        form.base.data = mark_of(registration, stages)  # the next sending is compared with what is there now
        form.address.data = address_shown(registration)
        hold(form, uploads)
        return page_of(registration, form), 409
    return redirect(panel_of(meeting, registration), 303)


@bp.get("/<reference>/answers/<code>")
@with_meeting(may=run_meeting)
def file(meeting: Meeting, reference: str, code: str) -> ResponseReturnValue:
    """The file that answers a question, as a download. A look at a sealed one is written down."""
    registration = of_number(meeting, reference)
    found = file_answered(registration, code) or abort(404)
    answer = served(found, registration)
    if found.is_sealed and request.method == "GET":
        with transaction():
            take_file_along(registration, code, by=me(), at=now())
    return answer


@bp.post("/<reference>/sealed-answers")
@with_meeting(may=run_meeting, even_closed=True)
def look(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """What one person wrote and sent after approval. By a button: each look is a line in the history."""
    registration, form = of_number(meeting, reference), Form(request.form)
    found = attempt(form, lambda: look_at(registration, by=me(), at=now()))
    about = {"meeting": meeting, "registration": registration, "answers": found or []}
    return render_template("registration/sealed.html", form=form, **about), 409 if form.refused else 200


@bp.get("/<reference>/sealed-answers")
@with_meeting(may=run_meeting)
def after_look(meeting: Meeting, reference: str) -> ResponseReturnValue:
    """To the person: only the button shows them."""
    return redirect(panel_of(meeting, of_number(meeting, reference)), 303)


def panel_of(meeting: Meeting, registration: Registration) -> str:
    one = registration.reference
    return url_for("registration_manage.index", slug=meeting.slug, state="everyone", open=one, _anchor="panel")


def leave_sealed(form: CounterForm, registration: Registration) -> None:
    """Show no sealed answer that is on record: it stays where nothing is typed, and what depends on it is asked."""
    form.own.sealed = {one.question.code for one in sealed_answers(registration)}
    form.own.earlier = {**{code: ["sealed"] for code in form.own.sealed}, **form.own.earlier}


def address_shown(registration: Registration) -> str:
    """The address that may be put right: nobody has confirmed it. "" for one that stays."""
    return registration.person.email if registration.state_now(now()) == UNCONFIRMED else ""


def page_of(registration: Registration, form: CounterForm) -> str:
    return render_template(
        "registration/correct.html",
        meeting=registration.meeting,
        registration=registration,
        form=form,
        organizations=KNOWN,
        full=lambda: full_choices(registration.meeting),
    )
