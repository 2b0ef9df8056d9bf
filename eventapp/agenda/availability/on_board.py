"""Whose people cannot take part when, for the page of a plan: it shades those hours while their session is held."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from eventapp.agenda.availability.content import from_rows, minutes_of
from eventapp.agenda.availability.queries import not_free
from eventapp.agenda.models import DECLINED, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting

# People of a meeting among these, each with from when until when they are elsewhere: what features above know of.
Elsewhere = Callable[[Meeting, Collection[int]], Iterable[tuple[int, datetime, datetime]]]
ELSEWHERE: list[Elsewhere] = []


def also_away(source: Elsewhere) -> None:
    """Ask this one too, whenever a plan is drawn; the same one twice is asked once. Why is not asked."""
    if source not in ELSEWHERE:
        ELSEWHERE.append(source)


@dataclass(frozen=True)
class OnBoard:
    """People with the times at which they cannot take part, as `DayHours.minutes` has them; and the places in that list
    of those who are in a session, by its number.
    """

    people: Sequence[tuple[str, Sequence[Sequence[int]]]]
    of: Mapping[int, Sequence[int]]


def on_board(meeting: Meeting, sessions: Collection[int]) -> OnBoard:
    """Who of those in these sessions cannot take part at some time. As many queries at any size."""
    if not sessions:
        return OnBoard((), {})
    query = select(SpeakingRole.session_id, SpeakingRole.person_id, SpeakingRole.name).where(
        SpeakingRole.session_id.in_(sessions),
        SpeakingRole.person_id.is_not(None),
        SpeakingRole.ended_at.is_(None),
        SpeakingRole.state != DECLINED,
    )
    roles = db.session.execute(query.order_by(SpeakingRole.session_id, SpeakingRole.id)).all()
    if not roles:
        return OnBoard((), {})
    away = away_in(meeting, {person for _session, person, _name in roles if person})
    places: dict[int, int] = {}
    people: list[tuple[str, Sequence[Sequence[int]]]] = []
    found: dict[int, list[int]] = {}
    for session, person, name in roles:
        if person not in away:
            continue
        if person not in places:
            places[person] = len(people)
            people.append((name, away[person]))
        theirs = found.setdefault(session, [])
        if places[person] not in theirs:
            theirs.append(places[person])
    return OnBoard(people, found)


def away_in(meeting: Meeting, people: Collection[int]) -> dict[int, list[list[int]]]:
    """When those of these people who are not always free cannot take part, by their numbers."""
    away = {
        person: [span for hours in from_rows(days) for span in hours.minutes(meeting.starts_on)]
        for person, days in (not_free(meeting, people) if people else {}).items()
    }
    for source in ELSEWHERE if people else ():
        for person, starts, ends in source(meeting, people):
            away.setdefault(person, []).extend(minutes_of((starts, ends), meeting.starts_on, meeting.tz))
    return away
