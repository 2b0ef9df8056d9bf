"""Whose people cannot take part when, for the page of a plan: it shades those hours while their session is held."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from eventapp.agenda.availability.content import from_rows
from eventapp.agenda.availability.queries import not_free
from eventapp.agenda.models import DECLINED, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


@dataclass(frozen=True)
class OnBoard:
    """People with the times at which they cannot take part, as `DayHours.minutes` has them; and the places in that list
    of those who are in a session, by its number.
    """

    people: Sequence[tuple[str, Sequence[Sequence[int]]]]
    of: Mapping[int, Sequence[int]]


def on_board(meeting: Meeting, sessions: Collection[int]) -> OnBoard:
    """Who of those in these sessions cannot take part at some time. Two queries at any size."""
    query = select(SpeakingRole.session_id, SpeakingRole.person_id, SpeakingRole.name).where(
        SpeakingRole.session_id.in_(sessions),
        SpeakingRole.person_id.is_not(None),
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )
    parts = db.session.execute(query.order_by(SpeakingRole.session_id, SpeakingRole.id)).all() if sessions else []
    if not parts:
        return OnBoard((), {})
    away = {
        person: [span for hours in from_rows(days) for span in hours.minutes(meeting.starts_on)]
        for person, days in not_free(meeting, {person for _session, person, _name in parts if person}).items()
    }
    places: dict[int, int] = {}
    people: list[tuple[str, Sequence[Sequence[int]]]] = []
    found: dict[int, list[int]] = {}
    for session, person, name in parts:
        if person not in away:
            continue
        if person not in places:
            places[person] = len(people)
            people.append((name, away[person]))
        theirs = found.setdefault(session, [])
        if places[person] not in theirs:
            theirs.append(places[person])
    return OnBoard(people, found)
