from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import worded
from eventapp.meetings.access import opens, with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_open_to_all
from eventapp.meetings.rules import see_meeting
from eventapp.vocabulary.sessions import SESSION_KINDS

bp = Blueprint("meetings", __name__, url_prefix="/meetings/<slug>")

# The four content blocks of such a meeting, in the order in which its text names them.
BLOCK_KINDS = ("trends", "plans", "practices", "discussion")


@bp.app_context_processor
def what_opens() -> dict[str, object]:
    """For the tabs of the work pages."""
    return {"opens": opens}


@bp.get("/")
@with_meeting(may=see_meeting)
def show(meeting: Meeting) -> ResponseReturnValue:
    """What the meeting is for, when and where, how to take part, and its documents."""
    covered = worded(meeting, "content_blocks")
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        at=now(),
        blocks=list(zip(BLOCK_KINDS, covered, strict=False)),
        more_blocks=covered[len(BLOCK_KINDS) :],
        categories=categories_open_to_all(meeting),
        kinds=SESSION_KINDS,
        languages_named=[language_named(code) for code in meeting.languages],
    )
