"""The page of fellow participants."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.documents.rules import open_papers
from eventapp.ground.clock import now
from eventapp.ground.text.policy import search_key, writable
from eventapp.home.fellows.queries import fellows
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.people.current import current_person
from eventapp.registration.models import Registration
from eventapp.registration.queries import registration_of

bp = Blueprint("fellows", __name__)

LONGEST, MOST_WORDS = 200, 8


@bp.get("/meetings/<slug>/participants")
@with_meeting(may=open_papers)
def index(meeting: Meeting) -> ResponseReturnValue:
    """Who has a place and agreed to be shown, by name: ?q= words of name, organization or delegation, ?page=.

    Once the meeting is over it shows nobody.
    """
    if meeting.has_ended(now()):
        return render_template("home/fellows.html", meeting=meeting, is_over=True)
    typed = writable(request.args.get("q", "").strip()[:LONGEST])
    page = fellows(meeting, search_key(typed).split()[:MOST_WORDS], request.args.get("page"))
    return render_template("home/fellows.html", meeting=meeting, typed=typed, listed=page, mine=mine_at(meeting))


def mine_at(meeting: Meeting) -> Registration | None:
    """The reader's own registration."""
    person = current_person()
    return registration_of(person.id, meeting.id) if person else None
