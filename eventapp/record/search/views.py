"""Search over what a meeting recorded, for those who record it."""

import re
from dataclasses import asdict

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from eventapp.ground.text.i18n import _
from eventapp.meetings.access import with_meeting
from eventapp.meetings.models import Meeting
from eventapp.meetings.rules import record_meeting
from eventapp.meetings.themes.queries import themes_of
from eventapp.people.current import current_person
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED
from eventapp.record.search.index import CARD, INPUT, SUMMARY
from eventapp.record.search.query import A_PAGE, COUNTED, Question, found, pieces, sessions_of
from eventapp.record.sessions.queries import titles_recorded
from eventapp.record.sessions.rules import record_sessions
from eventapp.vocabulary.countries import country_choices
from eventapp.vocabulary.notes import NOTE_KINDS
from eventapp.vocabulary.term import choices

bp = Blueprint("search", __name__)


@bp.get("/meetings/<slug>/record/search")
@with_meeting(may=record_sessions)
def show(meeting: Meeting) -> ResponseReturnValue:
    """What was found, in the order of the day; of one's own sessions only, for who records no others."""
    person, question = current_person(), Question.of(request.args)
    readable = None if record_meeting(person, meeting) or person is None else sessions_of(person, meeting)
    page = page_in(request.args.get("page", ""))
    answers = found(meeting, question, sessions=readable, page=page) if question else None
    return render_template(
        "record/search.html",
        meeting=meeting,
        question=question,
        answers=answers,
        at=page,
        asked={name: value for name, value in asdict(question).items() if value},
        last=-(-min(answers.count, COUNTED) // A_PAGE) if answers else 0,
        counted=COUNTED,
        pieces=lambda text: pieces(text, question.words),
        kinds=[*choices(NOTE_KINDS), *other_things()],
        themes=themes_of(meeting),
        lines=[(code, line.label) for code, line in themes_of(meeting).lines.items()],
        goals=[(str(number), goal.label) for number, goal in themes_of(meeting).goals.items()],
        countries=country_choices(),
        sessions=[(code, f"{code} {title}") for code, title in titles_recorded(meeting, readable)],
        states=states(),
    )


def other_things() -> list[tuple[str, str]]:
    """What can be found besides notes."""
    return [(SUMMARY, _("Summary of a session")), (INPUT, _("Written input")), (CARD, _("Good practice card"))]


def states() -> list[tuple[str, str]]:
    """The states of a note, in the order it goes through them."""
    return [
        (DRAFT, _("Saved")),
        (SUBMITTED, _("Submitted")),
        (CONFIRMED, _("Confirmed")),
        (APPROVED, _("Approved")),
        (PUBLISHED, _("Published")),
    ]


def page_in(typed: str) -> int:
    """The page that was asked for; what is none is the first."""
    return max(1, int(typed)) if re.fullmatch(r"[0-9]{1,4}", typed) else 1
