"""The search of a meeting: a few of each group, and the way to all of them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.documents.rules import open_papers
from eventapp.ground.clock import now
from eventapp.ground.text.policy import writable
from eventapp.ground.web.paging import Page, page_of
from eventapp.ground.web.requests.shared_caches import same_for_visitors
from eventapp.home.search.query import (
    A_FEW,
    COUNTED,
    LONGEST,
    Place,
    documents_found,
    fellows_found,
    outcomes_found,
    paragraphs_found,
    people_found,
    place_of,
    record_found,
    sessions_now,
    sessions_released,
    words_of,
)
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting, run_meeting, see_meeting
from eventapp.people.current import current_person
from eventapp.record.search.query import pieces, sessions_of
from eventapp.record.sessions.rules import record_sessions
from eventapp.review.compiling.numbering import FOOTNOTE
from eventapp.review.reports.queries import report_at
from eventapp.review.reports.rules import edit_review

bp = Blueprint("finding", __name__)

A_PAGE = 50
ALONE = SESSIONS, PARAGRAPHS = "sessions", "paragraphs"  # groups with a page of their own


@bp.get("/meetings/<slug>/search")
@with_meeting(may=see_meeting)
@same_for_visitors
def show(meeting: Meeting) -> ResponseReturnValue:
    """What fits among sessions, people, documents and the record, as far as whoever asks may read: ?q=, in=, page=.

    People are found by organizers, and by others at the meeting, until it is over, those who agreed to be shown;
    sessions by their speakers too; paragraphs of reports as drafts by their editors, else as published. `in=sessions`
    has all the sessions, `in=paragraphs` all the paragraphs; with `of=` those of one report, as published.
    """
    typed = writable(request.args.get("q", "").strip()[:LONGEST])
    words, person = words_of(typed), current_person()
    organizes, edits = run_meeting(person, meeting), edit_review(person, meeting)
    only = request.args.get("in", "") if request.args.get("in") in ALONE else ""
    of = report_at(meeting, request.args.get("of", "")) if only == PARAGRAPHS else None
    edits = edits and of is None
    groups: dict[str, object] = {}
    if words and only != PARAGRAPHS:
        groups = {"sessions": sessions_page(meeting, words, organizes=organizes, only=only)}
        groups |= {} if only else others(meeting, typed, words)
    if words and only != SESSIONS:
        wanted, most = (request.args.get("page"), A_PAGE) if only else (None, A_FEW)
        groups["paragraphs"] = paragraphs_found(meeting, words, wanted, edits=edits, most=most, of=of)
    return render_template(
        "home/search.html",
        meeting=meeting,
        typed=typed,
        words=words,
        organizes=organizes,
        edits=edits,
        sees_fellows=sees_fellows(meeting),
        only=only,
        of=of,
        counted=COUNTED,
        few=A_FEW,
        pieces=lambda text: pieces(FOOTNOTE.sub("", text), words),
        **groups,
    )


def sessions_page(meeting: Meeting, words: list[str], *, organizes: bool, only: str) -> Page[Place]:
    """The sessions that fit as whoever asks may know them: the first few, or a page where they are alone."""
    wanted, most = (request.args.get("page"), A_PAGE) if only else (None, A_FEW)
    if organizes:
        return sessions_now(meeting, words, wanted, most=most)
    page = page_of(sessions_released(meeting, words), wanted, most=most)
    return Page([place_of(one) for one in page.rows], page.number, page.pages, page.count)


def others(meeting: Meeting, typed: str, words: list[str]) -> dict[str, object]:
    """The first of every other group, with how many there are."""
    person = current_person()
    found: dict[str, object] = {}
    if run_meeting(person, meeting):
        found["people"] = people_found(meeting, words)
    elif sees_fellows(meeting):
        found["fellows"] = fellows_found(meeting, words)
    if person and record_sessions(person, meeting):
        readable = None if record_meeting(person, meeting) else sessions_of(person, meeting)
        found["record"] = record_found(meeting, typed, readable)
    else:
        found["outcomes"] = outcomes_found(meeting, typed)
    documents = documents_found(meeting, words)
    return {**found, "documents": documents}


def sees_fellows(meeting: Meeting) -> bool:
    """Whether whoever asks may find those who agreed to be shown: at the meeting, until it is over."""
    return open_papers(current_person(), meeting) and not meeting.has_ended(now())
