"""Sheets for those who send them: what each good practice lacks in a form, and the files."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.web import downloads
from eventapp.ground.web.paging import page_of, page_with
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
A_PAGE = 20  # sheets: each has a line for every question


@bp.get("/<form>")
@with_meeting(may=edit_review)
def show(meeting: Meeting, form: str) -> ResponseReturnValue:
    """The good practices that may go into this form, each with what it lacks, and those that wait; page by page.

    ?card= leads to the page of that card.
    """
    if why_not(meeting, form):
        return to_list(meeting)
    found = found_sheets(meeting, form)
    of_card = page_with([one.card for one in found.ready], request.args.get("card", ""), most=A_PAGE)
    listing = page_of(found.ready, request.args.get("page", of_card), most=A_PAGE)
    return render_template("outlets/sheets.html", meeting=meeting, found=found, listing=listing)


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
