from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from eventapp.ground.clock import now
from eventapp.ground.text.languages import language_named
from eventapp.ground.text.worded import worded
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.meetings.access import opens, with_meeting
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import categories_open_to_all
from eventapp.meetings.retention.queries import goes_on, last_of_private
from eventapp.meetings.rules import see_meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.vocabulary.tongues import offered

bp = Blueprint("meetings", __name__, url_prefix="/meetings/<slug>")
bp.add_app_template_global(themes_of)
bp.add_app_template_global(offered, "tongues_offered")
bp.add_app_template_global(goes_on)
bp.add_app_template_global(last_of_private)

# The four content blocks of a meeting that has these kinds, in the order in which its text names them.
BLOCK_KINDS = ("trends", "plans", "practices", "discussion")


@bp.app_context_processor
def what_opens() -> dict[str, object]:
    """For the tabs of the work pages."""
    return {"opens": opens}


@bp.get("/")
@with_meeting(may=see_meeting)
@same_for_visitors
def show(meeting: Meeting) -> ResponseReturnValue:
    """What the meeting is for, when and where, how to take part, and its documents."""
    kinds = kinds_of(meeting)
    named = [kinds[code] for code in BLOCK_KINDS] if kinds.keys() >= set(BLOCK_KINDS) else []
    covered = worded(meeting, "content_blocks")
    return render_template(
        "meetings/show.html",
        meeting=meeting,
        at=now(),
        blocks=list(zip(named, covered, strict=False)),
        more_blocks=covered[len(named) :],
        categories=categories_open_to_all(meeting),
        languages_named=[language_named(code) for code in meeting.languages],
    )
