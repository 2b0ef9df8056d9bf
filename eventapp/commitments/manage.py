"""The register for those who work at a meeting: what earlier meetings left open comes first."""

import re
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field, SelectField, StringField
from wtforms.validators import ValidationError

from eventapp.commitments.actions import name_focal_point
from eventapp.commitments.owners import owner_of
from eventapp.commitments.pages import register_file, register_page
from eventapp.commitments.queries import carried_over, read_at, recorded_here, reminders_of
from eventapp.commitments.register import Commitment
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.text.languages import chosen_language
from eventapp.ground.text.typed import day_in
from eventapp.ground.web.attempt import attempt
from eventapp.ground.web.forms import Form, Line
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.people.addresses import AddressLine
from eventapp.people.current import current_person
from eventapp.record.extras.delivery import report_delivery
from eventapp.record.extras.queries import deliveries_of
from eventapp.record.notes.content import DELIVERIES
from eventapp.vocabulary.term import choices

bp = Blueprint("commitments_manage", __name__)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
REGISTER = "/meetings/<slug>/manage/commitments"


class StatusForm(Form):
    """How far a commitment is, and until when."""

    state = SelectField(_l("How far is it?"))
    due_on = StringField(_l("By when"))
    due_text = Line(_l("By when, as it was said"), most=120)
    remark = Line(_l("What happened"), most=300)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.state.choices = choices(DELIVERIES)

    def validate_due_on(self, field: Field) -> None:
        """A day, or nothing."""
        if field.data and self.day is None:
            raise ValidationError(_("Write the day as 2018-01-31, 31/01/2018 or 31 January 2018."))

    @property
    def day(self) -> date | None:
        """The day that was typed."""
        return day_in(self.due_on.data or "")


class FocalPointForm(Form):
    """Whom to remind of a commitment."""

    name = Line(_l("Name"), required=_l("Write the name of the person."))
    email = AddressLine(_l("Email"), required=_l("Write the address of the person."))


@bp.app_context_processor
def words() -> dict[str, object]:
    """What the page of the record asks: with which open commitments this meeting starts."""
    return {"carried_over": carried_over}


@bp.get(REGISTER)
@with_meeting(may=record_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """What earlier meetings of the same bodies left open; then the register, with what this meeting has cleared."""
    listed = register_page(now(), read_at(meeting), may_tell=lambda one: shares_body(meeting, one))
    return render_template("commitments/manage.html", meeting=meeting, carried=carried_over(meeting), **listed)


@bp.get(f"{REGISTER}.csv")
@with_meeting(may=record_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """The same as a file for a spreadsheet."""
    return register_file(now(), read_at(meeting))


@bp.get(f"{REGISTER}/<int(max=2147483647):commitment>")
@with_meeting(may=record_meeting)
def show(meeting: Meeting, commitment: int) -> ResponseReturnValue:
    """One commitment with its history, and the form that tells what became of it."""
    one = recorded_here(meeting, commitment) or abort(404)
    return page(meeting, one, status_of(one))


@bp.post(f"{REGISTER}/<int(max=2147483647):commitment>")
@with_meeting(may=record_meeting, even_closed=True)
def update(meeting: Meeting, commitment: int) -> ResponseReturnValue:
    """Tell what became of it; what was told before stays in its history."""
    one, form, person = recorded_here(meeting, commitment) or abort(404), StatusForm(request.form), current_person()
    if not form.validate():
        return page(meeting, one, form), 422
    attempt(
        form,
        lambda: report_delivery(
            one.note,
            state=form.state.data,
            due_on=form.day,
            due_text=form.due_text.data or "",
            remark=form.remark.data or "",
            by=person,
            at=now(),
        ),
    )
    if form.refused:
        return page(meeting, one, form), 409
    return redirect(url_for(".show", slug=meeting.slug, commitment=commitment), 303)


@bp.post(f"{REGISTER}/<int(max=2147483647):commitment>/focal-point")
@with_meeting(may=run_meeting, even_closed=True)
def name(meeting: Meeting, commitment: int) -> ResponseReturnValue:
    """Name who is reminded of it: where nobody is found, or somebody else is the right one."""
    one, form = recorded_here(meeting, commitment) or abort(404), FocalPointForm(request.form)
    if not form.validate():
        return page(meeting, one, status_of(one), form), 422
    with transaction():
        name_focal_point(
            one, form.name.data, form.email.data, by=current_person(), at=now(), language=chosen_language()
        )
    return redirect(url_for(".show", slug=meeting.slug, commitment=commitment, _anchor="reminders"), 303)


def shares_body(meeting: Meeting, one: Commitment) -> bool:
    return one.meeting.id == meeting.id or bool({body.code for body in meeting.bodies} & set(one.bodies))


def status_of(one: Commitment) -> StatusForm:
    """How far it is, to go on from."""
    day = one.due_on.isoformat() if one.due_on else ""
    return StatusForm(data={"state": one.status, "due_on": day, "due_text": one.due_text})


def page(meeting: Meeting, one: Commitment, telling: StatusForm, naming: FocalPointForm | None = None) -> str:
    return render_template(
        "commitments/show.html",
        meeting=meeting,
        one=one,
        form=naming or telling,  # the one that was sent: its faults stand above
        telling=telling,
        at=now(),
        history=deliveries_of(one.note),
        deliveries=DELIVERIES,
        reminders=reminders_of([one.note]).get(one.note.id, []),
        owner=owner_of(one),
        naming=naming or FocalPointForm(),
        may_name=run_meeting(current_person(), meeting),
    )
