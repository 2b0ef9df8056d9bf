"""The inputs that the list shows as a file, with the answers to the meeting's own questions."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.web.downloads import download
from eventapp.history.actions import record
from eventapp.inputs.answers.queries import answers_of_all, asked_in_inputs
from eventapp.inputs.answers.sheet import heads, line_of
from eventapp.inputs.listing import all_found, mark_of
from eventapp.inputs.manage import filter_asked
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting
from eventapp.people.current import current_person
from eventapp.registration.lists.sheets import csv_of

bp = Blueprint("inputs_sheet", __name__)


@bp.get("/meetings/<slug>/manage/inputs.csv")
@with_meeting(may=record_meeting)
def as_csv(meeting: Meeting) -> ResponseReturnValue:
    """The inputs that were sent and fit what is looked for; personal answers where an organizer asks for them.

    Taking it along is written down.
    """
    personal = "needs" in request.args and run_meeting(current_person(), meeting)
    questions = [one for one in asked_in_inputs(meeting) if personal or not one.is_personal]
    answers = answers_of_all(meeting)
    lines = [
        line_of(written, contribution, mark_of(written).word, questions, answers.get(written.id, {}))
        for written, contribution in all_found(meeting, filter_asked())
        if contribution is not None
    ]
    if request.method == "GET":  # HEAD takes nothing along
        with transaction():
            detail = {"needs": personal, "lines": len(lines)}
            record("took the list along", meeting, by=current_person(), at=now(), meeting_id=meeting.id, **detail)
    return download(f"{meeting.slug}-inputs.csv", "text/csv", csv_of(heads(questions), lines))
