from functools import partial

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.starting.coming import COPY
from eventapp.ground.clock import now
from eventapp.ground.web.attempt import pressed
from eventapp.ground.web.forms import Form
from eventapp.meeting_file.arriving.altering import CHANGE
from eventapp.meeting_file.arriving.coming import MEETING_FILE
from eventapp.meetings.arriving.actions import stop
from eventapp.meetings.arriving.models import MeetingImport
from eventapp.meetings.arriving.queries import import_with, made_of
from eventapp.meetings.rules import make_meetings
from eventapp.people.access import with_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("meeting_files", __name__, url_prefix="/manage/meetings/file/<int(max=999999999):number>")


@bp.get("")
@with_person(may=make_meetings)
def show(person: Person, number: int) -> ResponseReturnValue:
    """How far the worker is; every fault of the file on its line; once it is done, the way to the meeting."""
    return page(own(person, number))


@bp.post("/stop")
@with_person(may=make_meetings)
def stopping(person: Person, number: int) -> ResponseReturnValue:
    """Stop it: what was written of the meeting is taken out."""
    row = own(person, number)
    there = url_for(".show", number=number)
    return pressed(lambda: stop(row, by=person, at=now()), partial(page, row), there)


def own(person: Person, number: int) -> MeetingImport:
    """The import of a file that this person sent; administrators find all."""
    row = import_with(number, MEETING_FILE.name, CHANGE, COPY.name)
    return row if row and (row.by_id == person.id or administer(person)) else abort(404)


def page(row: MeetingImport, form: Form | None = None) -> str:
    return render_template("desk/starting/arriving.html", row=row, form=form, meeting=made_of(row))
