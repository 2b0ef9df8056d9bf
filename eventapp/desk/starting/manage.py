"""A new meeting: from a few words, from an earlier meeting, or from a meeting file."""

from collections.abc import Collection, Sequence
from typing import TypedDict

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.desk.bodies.queries import KnownBody
from eventapp.desk.starting.actions import start
from eventapp.desk.starting.coming import COPY, as_content
from eventapp.desk.starting.content import copied, fresh, of_body
from eventapp.desk.starting.forms import CopyForm, MeetingFileForm, NewMeetingForm
from eventapp.desk.starting.queries import bodies_for, earlier_meetings, is_long
from eventapp.ground.clock import now
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, attempt_apart
from eventapp.ground.web.forms import Form
from eventapp.ground.web.paging import page_in_sql
from eventapp.ground.web.uploads import uploaded
from eventapp.meeting_file.arriving.altering import CHANGE
from eventapp.meeting_file.arriving.coming import MEETING_FILE
from eventapp.meeting_file.arriving.looking import first_look
from eventapp.meeting_file.queries import content_of
from eventapp.meeting_file.reader import Faulty
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.arriving.actions import receive
from eventapp.meetings.arriving.queries import A_PAGE, imports
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import meeting_at
from eventapp.meetings.rules import make_meetings, run_meeting
from eventapp.people.access import with_person
from eventapp.people.current import current_person
from eventapp.people.models import Person
from eventapp.people.rules import administer

bp = Blueprint("starting", __name__)

MOST_BYTES = 2_000_000
WAY_OF = {"new": "new", "earlier": "copy", "copy": "copy", "file": "load"}


@bp.route("/manage/meetings/new", methods=["GET", "POST"])
@with_person(may=make_meetings)
def new(person: Person) -> ResponseReturnValue:
    """A meeting of which only the title, the days, the place, the zone and an organizer are known."""
    form = NewMeetingForm(request.form if request.method == "POST" else None, **known_of(person))
    if request.method != "POST":
        return page("new", form)
    if not form.validate():
        return page("new", form), 422
    at = now()
    file = fresh(form.beginning(), at, with_categories=form.categories.data)
    return started(form, with_body(file, form), person) or (page("new", form), 409)


@bp.route("/manage/meetings/copy", methods=["GET", "POST"])
@with_person(may=make_meetings)
def copy(person: Person) -> ResponseReturnValue:
    """The next meeting after an earlier one: ?of= says which; without it the earlier ones are listed."""
    source = meeting_at(request.args.get("of", ""))
    if source is None or not run_meeting(person, source):
        return page("earlier", meetings=earlier_meetings(person))
    form = CopyForm(request.form if request.method == "POST" else None, source=source, **known_of(person))
    if request.method != "POST":
        return page("copy", form, source=source)
    if not form.validate():
        return page("copy", form, source=source), 422
    answer = copied_apart(form, source, person) if is_long(source) else copied_at_once(form, source, person)
    return answer or (page("copy", form, source=source), 409)


def copied_at_once(form: CopyForm, source: Meeting, person: Person) -> ResponseReturnValue | None:
    parts = form.parts.data or ()
    file = copied(content_of(source), form.beginning(), now(), parts)
    return started(form, with_body(file, form), person, source, parts)


def copied_apart(form: CopyForm, source: Meeting, person: Person) -> ResponseReturnValue | None:
    """Have the worker make a large copy, and lead to the page that shows how far it is. None where it was refused."""
    wanted = form.beginning()
    content = as_content(wanted, source, form.parts.data or (), form.chosen_body)
    number = attempt_apart(form, lambda: receive(COPY.name, wanted.slug, content, by=person, at=now()))
    return redirect(url_for("meeting_files.show", number=number), 303) if number else None


@bp.route("/manage/meetings/file", methods=["GET", "POST"])
@with_person(may=make_meetings)
def load(person: Person) -> ResponseReturnValue:
    """A meeting as a meeting file describes it; every fault of the file has its line.

    A large file goes to the worker.
    """
    form = MeetingFileForm(request.form)
    if request.method != "POST":
        return page("file", form)
    content = received()
    if not content or len(content) > MOST_BYTES:
        form.file.errors = [_("Choose a file of 2 MB or less.") if content else _("Choose a file.")]
        return page("file", form), 422
    try:
        looked = first_look(content)
    except Faulty as faulty:
        return page("file", form, faults=faulty.faults), 422
    if looked.small:
        return started(form, looked.small, person) or (page("file", form), 409)
    number = attempt_apart(form, lambda: receive(MEETING_FILE.name, looked.slug, content, by=person, at=now()))
    return redirect(url_for("meeting_files.show", number=number), 303) if number else (page("file", form), 409)


class Known(TypedDict):
    """What a form of a new meeting is told at first."""

    organizer: str
    email: str
    bodies: Sequence[KnownBody]
    needs_body: bool


def known_of(person: Person) -> Known:
    """What a form of a new meeting knows of who fills it in."""
    bodies, needs_body = bodies_for(person), not administer(person)
    return {"organizer": person.name, "email": person.email, "bodies": bodies, "needs_body": needs_body}


def with_body(file: MeetingFile, form: NewMeetingForm) -> MeetingFile:
    body = form.chosen_body
    return of_body(file, body.code, body.name) if body else file


def started(
    form: Form, file: MeetingFile, by: Person, source: Meeting | None = None, parts: Collection[str] = ()
) -> ResponseReturnValue | None:
    """Make the meeting, with these parts of another one, and lead on to it.

    None where it was refused, which then stands above the form.
    """
    meeting = attempt(form, lambda: start(file, by=by, at=now(), source=source, parts=parts))
    return redirect(url_for("desk.show", slug=meeting.slug), 303) if meeting else None


def received() -> bytes:
    """The file that was sent, no longer than may be; empty where none was."""
    sent = uploaded("file")
    return sent.stream.read(MOST_BYTES + 1) if sent else b""


def page(name: str, form: Form | None = None, **more: object) -> str:
    person = current_person()
    more["administers"] = administer(person)
    if name == "file" and person:
        sender = None if more["administers"] else person
        listed = imports(MEETING_FILE.name, CHANGE, COPY.name, by=sender)
        more["listed"] = page_in_sql(listed, request.args.get("page"), most=A_PAGE)
    return render_template(f"desk/starting/{name}.html", form=form, way=WAY_OF[name], **more)
