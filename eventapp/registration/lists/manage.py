"""Lists to take along: the list of participants, and what is on the screen as CSV and XLSX."""

from itertools import groupby

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.ground.web.paging import page_of
from eventapp.history.actions import record
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.exports.manage import Export
from eventapp.meetings.rules import run_meeting
from eventapp.people.current import current_person
from eventapp.registration.answers.looks import take_along
from eventapp.registration.lists.exporting import REGISTRATIONS, read_list, wanted_of
from eventapp.registration.lists.listing import Look, read_look
from eventapp.registration.lists.participants import in_this_order, people_in_protocol_order
from eventapp.registration.models import Registration

bp = Blueprint("registration_lists", __name__, url_prefix="/meetings/<slug>/manage")

A_PAGE = 200


@bp.get("/participants")
@with_meeting(may=run_meeting)
def participants(meeting: Meeting) -> ResponseReturnValue:
    """The list of participants as the United Nations prints it, page by page."""
    listed = page_of(people_in_protocol_order(meeting), request.args.get("page"), most=A_PAGE)
    chapters = [
        (category, [(delegation, list(members)) for delegation, members in groupby(of_category, delegation_of)])
        for category, of_category in groupby(in_this_order(listed.rows), category_of)
    ]
    return render_template("registration/participants.html", meeting=meeting, chapters=chapters, listed=listed)


def category_of(one: Registration) -> str:
    return one.category.name


def delegation_of(one: Registration) -> str:
    return one.delegation.name


@bp.get("/registrations.csv")
@with_meeting(may=run_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """What the list shows, as CSV."""
    return LIST.answer(meeting, "csv")


@bp.get("/registrations.xlsx")
@with_meeting(may=run_meeting)
def as_xlsx(meeting: Meeting) -> ResponseReturnValue:
    """What the list shows, as a workbook."""
    return LIST.answer(meeting, "xlsx")


def asked(_meeting: Meeting) -> Record:
    """What the address asks for."""
    words = request.args
    protocol, opens = words.get("order") == "protocol", request.method != "HEAD"
    return wanted_of(read_look(words), needs="needs" in words, in_protocol_order=protocol, opens=opens)


def named(meeting: Meeting, _wanted: Record) -> tuple[str, str]:
    return _("Registrations"), f"{meeting.slug}-registrations"


def back(meeting: Meeting, wanted: Record) -> tuple[str, str]:
    words = Look(**wanted["look"]).address()
    return url_for("registration_manage.index", slug=meeting.slug, **words), _("Back to the list")


def taken(meeting: Meeting, found: Record) -> None:
    """Write down that somebody takes names along, and whose sealed answers."""
    by, at = current_person(), now()
    record("took the list along", meeting, by=by, at=at, meeting_id=meeting.id, **found["detail"])
    take_along(meeting, found["codes"], found["whose"], by=by, at=at)


LIST = Export(REGISTRATIONS, asked, read_list, named, back, taken, "people")
LIST.pages(bp, "/registrations/files")
