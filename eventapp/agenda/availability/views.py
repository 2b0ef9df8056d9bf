"""Saying when one can take part, by the link of a part."""

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.agenda.availability.actions import say_when
from eventapp.agenda.availability.content import from_rows
from eventapp.agenda.availability.forms import AvailabilityForm, form_for
from eventapp.agenda.availability.queries import availabilities, availability_of
from eventapp.agenda.models import ROLE_LINK, SpeakingRole
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.editing.both_versions import mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.links.access import with_link
from eventapp.meetings.models import Meeting

bp = Blueprint("availability", __name__)


@bp.app_template_global("said_by")
def said_by(meeting: Meeting, roles: list[SpeakingRole]) -> dict[int, dict[str, object]]:
    """What those with these parts said of when they can take part, by the number of the person. One query."""
    found = availabilities(meeting, [one.person_id for one in roles if one.person_id is not None])
    return {
        number: {"days": [each.words for each in from_rows(one.days)], "remark": one.remark}
        for number, one in found.items()
        if one.answered_at is not None
    }


@bp.get("/roles/<token>/availability")
@with_link(ROLE_LINK)
def show(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    """The days of the meeting, with what I said of them."""
    form = form_of(asked)
    form.seen.data = mark_of(form)
    return page(asked, token, form)


@bp.post("/roles/<token>/availability")
@with_link(ROLE_LINK)
def update(asked: SpeakingRole, token: str) -> ResponseReturnValue:
    form = form_of(asked, typed=True)

    def save() -> None:
        say_when(asked, form.said(), form.remark.data or "", at=now())
        flash(_("Thank you. The organizers see what you said."), "ok")

    return edited(
        form,
        lambda: form_of(asked),
        save,
        lambda: page(asked, token, form),
        url_for(".show", token=token),
        held=asked.session.meeting,
    )


def form_of(asked: SpeakingRole, *, typed: bool = False) -> AvailabilityForm:
    person, meeting = asked.person or abort(404), asked.session.meeting
    return form_for(meeting, availability_of(meeting, person), request.form if typed else None)


def page(asked: SpeakingRole, token: str, form: AvailabilityForm) -> str:
    meeting = asked.session.meeting
    over = not asked.holds or asked.session.is_off or meeting.closed_at is not None or meeting.has_ended(now())
    row = availability_of(meeting, asked.person) if asked.person else None
    return render_template(
        "agenda/availability/own.html", meeting=meeting, role=asked, token=token, form=form, over=over, row=row
    )
