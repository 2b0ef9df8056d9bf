"""Sheets for those who send them: what each good practice lacks in a form, and the files."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from eventapp.ground.web import downloads
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.outlets.manage import TABLES, to_list
from eventapp.outlets.sheets.entries import Sheets, sheets
from eventapp.outlets.sheets.files import sheets_csv, sheets_json
from eventapp.outlets.sheets.questions import SHEET_FORMS
from eventapp.outlets.submissions import why_not
from eventapp.review.reports.rules import edit_review

bp = Blueprint("outlet_sheets", __name__, url_prefix="/meetings/<slug>/review/outlets/sheets")

FILES = ("csv", "json")


@bp.get("/<form>")
@with_meeting(may=edit_review)
def show(meeting: Meeting, form: str) -> ResponseReturnValue:
    """The good practices that may go into this form, each with what it lacks, and those that wait."""
    if why_not(meeting, form):
        return to_list(meeting)
    return render_template("outlets/sheets.html", meeting=meeting, found=found_sheets(meeting, form))


@bp.get(f"/<form>.<any({', '.join(FILES)}):ending>")
@with_meeting(may=edit_review)
def file(meeting: Meeting, form: str, ending: str) -> ResponseReturnValue:
    """The sheets as a file."""
    if why_not(meeting, form):
        return to_list(meeting)
    found = found_sheets(meeting, form)
    content = sheets_csv(found) if ending == "csv" else sheets_json(meeting, found)
    return downloads.download(f"{meeting.slug}-{form}.{ending}", TABLES[ending], content)


def found_sheets(meeting: Meeting, form: str) -> Sheets:
    return sheets(meeting, SHEET_FORMS.get(form) or abort(404))
