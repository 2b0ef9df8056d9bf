"""Organizers say which parts in a session may edit what of it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField

from eventapp.agenda.rights.actions import change_rights
from eventapp.agenda.rights.content import MATERIAL, MAY_EDIT, PEOPLE, RIGHTS, TEXT, rights_of
from eventapp.agenda.sessions.when import picks
from eventapp.ground.clock import now
from eventapp.ground.web.editing.both_versions import Seen, mark_of
from eventapp.ground.web.editing.edited import edited
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.vocabulary.sessions import SPEAKING_ROLES

bp = Blueprint("session_rights", __name__, url_prefix="/meetings/<slug>/manage/settings/session-rights")


class RightsForm(Seen):
    """The parts that may edit each of these."""

    text = SelectMultipleField(RIGHTS[TEXT].label)
    people = SelectMultipleField(RIGHTS[PEOPLE].label)
    material = SelectMultipleField(RIGHTS[MATERIAL].label)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        for field in (self.text, self.people, self.material):
            field.choices = picks([(code, str(SPEAKING_ROLES[code].label)) for code in MAY_EDIT])

    def rights(self) -> dict[str, list[str]]:
        """The parts that were ticked, by what they may edit."""
        ticked = {TEXT: self.text.data, PEOPLE: self.people.data, MATERIAL: self.material.data}
        return {right: list(ticked[right] or ()) for right in RIGHTS}


def rights_now(meeting: Meeting) -> RightsForm:
    return RightsForm(data=rights_of(meeting))


@bp.get("")
@with_meeting(may=run_meeting)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """Which parts may edit what."""
    form = rights_now(meeting)
    form.seen.data = mark_of(form)
    return page(meeting, form)


@bp.post("")
@with_meeting(may=run_meeting)
def update(meeting: Meeting) -> ResponseReturnValue:
    """Let the parts that were ticked edit, and no others."""
    form = RightsForm(request.form)

    def save() -> None:
        change_rights(meeting, form.rights(), by=current_person(), at=now())

    return edited(
        form,
        lambda: rights_now(meeting),
        save,
        lambda: page(meeting, form),
        url_for(".edit", slug=meeting.slug),
        held=meeting,
    )


def page(meeting: Meeting, form: RightsForm) -> str:
    return render_template("agenda/rights/settings.html", meeting=meeting, form=form)
