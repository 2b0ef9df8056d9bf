"""Who could record a session: everybody who records at this meeting, who is free at that time first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.ground.db import db
from eventapp.meetings.models import RAPPORTEUR as RECORDS_ALL
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import staff_of
from eventapp.people.models import Person
from eventapp.record.sessions.queries import RAPPORTEUR


class Part(NamedTuple):
    """A part that somebody holds, and when and where its session is."""

    role: str
    session_id: int
    code: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Candidate:
    """Somebody who could record a session: who, and where they are at the same time ('' where they are free)."""

    person: Person
    busy: str


def who_records(meeting: Meeting) -> list[Person]:
    """Everybody who may be given a session: the meeting's rapporteurs, and who records one of its sessions."""
    staff = [one.person for one in staff_of(meeting) if one.role == RECORDS_ALL]
    recording = (
        select(SpeakingRole.person_id)
        .join(SpeakingRole.session)
        .where(
            Session.meeting_id == meeting.id,
            SpeakingRole.role == RAPPORTEUR,
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
    )
    others = db.session.scalars(select(Person).where(Person.id.in_(recording)).order_by(Person.id))
    return list({person.id: person for person in [*staff, *others]}.values())


def candidates(sessions: Sequence[Session], people: Sequence[Person]) -> dict[int, list[Candidate]]:
    """For each of these sessions of one meeting, these people without who records it already. One query."""
    parts = parts_during(sessions, people) if sessions else {}
    return {session.id: candidates_for(session, parts, people) for session in sessions}


def candidates_for(session: Session, parts: Mapping[int, Sequence[Part]], people: Iterable[Person]) -> list[Candidate]:
    found = []
    for person in people:
        theirs = parts.get(person.id, ())
        if any(part.session_id == session.id and part.role == RAPPORTEUR for part in theirs):
            continue
        clash = {part.code for part in theirs if part.starts_at < session.ends_at and session.starts_at < part.ends_at}
        found.append(Candidate(person, ", ".join(sorted(clash))))
    return sorted(found, key=lambda one: (bool(one.busy), one.person.name))


def parts_during(sessions: Sequence[Session], people: Iterable[Person]) -> dict[int, list[Part]]:
    """Person -> their parts in sessions that run while one of these does, cancelled ones left out."""
    query = (
        select(SpeakingRole.person_id, SpeakingRole.role, Session)
        .join(SpeakingRole.session)
        .where(
            Session.meeting_id == sessions[0].meeting_id,
            Session.cancelled_at.is_(None),
            Session.starts_at < max(one.ends_at for one in sessions),
            Session.ends_at > min(one.starts_at for one in sessions),
            SpeakingRole.person_id.in_([person.id for person in people]),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
    )
    found: dict[int, list[Part]] = {}
    for person_id, role, one in db.session.execute(query):
        if person_id is not None:
            found.setdefault(person_id, []).append(Part(role, one.id, one.code, one.starts_at, one.ends_at))
    return found
