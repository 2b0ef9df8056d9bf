"""The annexes of a report: the programme as held, the list of participants, the evidence by paragraph."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from eventapp.agenda.models import Session
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Registration
from eventapp.review.content import Annex, Chapter, Rows
from eventapp.review.wording import day_of
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES, in_line_order
from eventapp.vocabulary.protocol import protocol_order

HEAD = "HOD"


def annexes(
    meeting: Meeting, sessions: Sequence[Session], people: Sequence[Registration], chapters: Sequence[Chapter]
) -> tuple[Annex, ...]:
    """Return the annexes that have rows, numbered in this order: programme, participants, evidence."""
    found = [
        ("programme", "Programme", ("Time", "No.", "Item", "Room"), _programme(meeting, sessions)),
        ("participants", "Participants", ("Delegation", "Name", "Position and organization"), _participants(people)),
        ("evidence", "Evidence by paragraph", ("Para.", "Notes cited", "Action lines", "Goals"), _evidence(chapters)),
    ]
    filled = [one for one in found if one[3]]
    return tuple(
        Annex(number, code, title, columns, parts)
        for number, (code, title, columns, parts) in enumerate(filled, start=1)
    )


def _programme(meeting: Meeting, sessions: Sequence[Session]) -> tuple[Rows, ...]:
    """Give each day its own heading, unless there is one day only; times are the meeting's own."""
    local = [
        (session, session.starts_at.astimezone(meeting.tz), session.ends_at.astimezone(meeting.tz))
        for session in sessions
    ]
    days = [(day, tuple(rows)) for day, rows in groupby(local, key=lambda one: one[1].date())]
    return tuple(
        Rows(
            day_of(day) if len(days) > 1 else "",
            tuple(
                (f"{start:%H:%M}–{end:%H:%M}", session.code, session.title, session.room.name if session.room else "")
                for session, start, end in rows
            ),
        )
        for day, rows in days
    )


def _participants(people: Iterable[Registration]) -> tuple[Rows, ...]:
    """Order the list as the United Nations prints it: category, delegation, head first, name."""
    ordered = sorted(
        people,
        key=lambda one: (
            *protocol_order(one.category.protocol_order, one.delegation.name, one.delegation_role, one.record_name),
            one.id,
        ),
    )
    return tuple(
        Rows(name, tuple(_person(one) for one in group))
        for name, group in groupby(ordered, lambda one: one.category.name)
    )


def _person(one: Registration) -> tuple[str, ...]:
    head = " (Head of delegation)" if one.delegation_role == HEAD else ""
    does = [part for part in (one.job_title, one.organization) if part and part != one.delegation.name]
    return one.delegation.name, f"{one.record_name}{head}", ", ".join(does)


def _evidence(chapters: Iterable[Chapter]) -> tuple[Rows, ...]:
    rows = tuple(
        (
            str(paragraph.number),
            ", ".join(one.note for one in paragraph.evidence),
            ", ".join(
                ACTION_LINES[code].short_code
                for code in in_line_order({code for one in paragraph.evidence for code in one.action_lines})
            ),
            ", ".join(str(goal) for goal in GOALS if any(goal in one.goals for one in paragraph.evidence)),
        )
        for chapter in chapters
        for paragraph in chapter.paragraphs
        if paragraph.evidence
    )
    return (Rows("", rows),) if rows else ()
