"""The history of a meeting, as an organizer reads it."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import search_key
from eventapp.ground.web.paging import page_in_sql
from eventapp.home.history.filter import HistoryFilter, entries_wanted, happenings
from eventapp.home.history.labels import THINGS
from eventapp.home.history.words import in_words
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import run_meeting

bp = Blueprint("history", __name__)

A_PAGE = 50


@bp.get("/meetings/<slug>/manage/history")
@with_meeting(may=run_meeting)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who did what, when, to which thing; the newest first: ?who=, thing=, verb=, since=, until=, q=, page=."""
    look = HistoryFilter(request.args)
    pairs = happenings(meeting)
    look.thing.choices = chosen(_("Anything"), [(thing, str(THINGS.get(thing, thing))) for thing, _verb in pairs])
    look.verb.choices = chosen(_("Anything"), [(verb, _(verb)) for _thing, verb in pairs])
    is_sound = look.validate()
    found = page_in_sql(entries_wanted(meeting, look), request.args.get("page"), most=A_PAGE) if is_sound else None
    page = render_template(
        "home/history.html",
        meeting=meeting,
        look=look,
        found=found,
        lines=in_words(list(found.rows), meeting) if found else [],
        is_empty=not pairs,
        things=THINGS,
    )
    return page, 200 if is_sound else 422


def chosen(all_of_them: str, options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What may be chosen, each once, in the order of the words."""
    return [("", all_of_them), *sorted(set(options), key=lambda pair: search_key(pair[1]))]
