"""Who records what: rapporteurs and their shifts, one in another's place without loss, and a nudge at the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.actions import end_role, give_role
from eventapp.agenda.facts import RoleFacts
from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import RAPPORTEUR as RECORDS_ALL
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import staff_of
from eventapp.outcomes import mails
from eventapp.outcomes.models import KeptText, SessionRecord, Shift
from eventapp.outcomes.queries import BREAK, RAPPORTEUR, notes_of, record_of
from eventapp.outcomes.summaries import opened
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.tokens import secret
from eventapp.words import _

NUDGED_AFTER = timedelta(minutes=30)
TOO_LATE = timedelta(hours=24)  # a worker that was away for long does not write about yesterday's sessions


@dataclass(frozen=True)
class Candidate:
    """Somebody who could record a session: who, and where they are at the same time ('' where they are free)."""

    person: Person
    busy: str


def assign(
    session: Session,
    person: Person,
    *,
    by: Person | None,
    at: datetime,
    shift: tuple[datetime, datetime] | None = None,
) -> SpeakingRole:
    """Make somebody a rapporteur of a session, for all of it or for a shift. The person is told by letter.

    Refused where they are one already, the session is cancelled, or the shift is not inside it.
    """
    lock(session)
    if any(role.person_id == person.id for role in rapporteurs_of(session)):
        raise Refused(_("%(name)s records this session already.", name=person.name))
    role = give_role(session, facts_of(person, session.meeting), by=by, at=at)
    db.session.flush()
    if shift is not None:
        set_shift(role, shift, by=by, at=at)
    return role


def replace(role: SpeakingRole, person: Person, *, by: Person | None, at: datetime) -> SpeakingRole:
    """Let another record in somebody's place. The rights of the first end now; every word of theirs stays.

    What they were typing is offered to the other; what is left of their shift is the other's.
    """
    lock(role.session)
    left = shift_of(role)
    end_role(role, by=by, at=at)
    db.session.expire(role.session, ["roles"])
    new = assign(role.session, person, by=by, at=at)
    if left is not None and max(left.starts_at, at) < left.ends_at:
        set_shift(new, (max(left.starts_at, at), left.ends_at), by=by, at=at)
    record(
        "replaced rapporteur",
        role.session,
        by=by,
        at=at,
        meeting_id=role.session.meeting_id,
        old=role.name,
        new=new.name,
    )
    return new


def set_shift(role: SpeakingRole, span: tuple[datetime, datetime] | None, *, by: Person | None, at: datetime) -> None:
    """Say from when to when a rapporteur writes, None for the whole session. It plans; it takes no right away."""
    lock(role.session)
    session, shift = role.session, shift_of(role)
    if span is None:
        if shift is not None:
            db.session.delete(shift)
        return
    starts_at, ends_at = span
    if not session.starts_at <= starts_at < ends_at <= session.ends_at:
        raise Refused(_("A shift lies inside its session and ends after it begins."))
    if shift is None:
        shift = Shift(role_id=role.id)
        db.session.add(shift)
    shift.starts_at, shift.ends_at = starts_at, ends_at
    record("set shift", role, by=by, at=at, meeting_id=session.meeting_id, name=role.name)


def take_over(kept: KeptText, *, by: Person, at: datetime) -> KeptText:
    """Go on with what a former rapporteur was typing: it stands in the form of the other, and stays as it was, too.

    Refused where somebody took it already.
    """
    lock(kept.session)
    db.session.refresh(kept)
    if kept.settled_at is not None:
        raise Refused(_("Somebody has taken this text over already."))
    kept.settled_at = at
    like = {"part": kept.part, "base": kept.base, "content": kept.content}
    mine = KeptText(session=kept.session, client_key=secret(), at=at, by=by, **like)
    db.session.add(mine)
    db.session.flush()
    record("took over", kept.session, by=by, at=at, meeting_id=kept.session.meeting_id, kept=kept.id)
    return mine


def left_behind(session: Session, part: str = "note") -> list[KeptText]:
    """What former rapporteurs of this session were typing when their part ended, and nobody took over."""
    holding = {role.person_id for role in rapporteurs_of(session)}
    former = {role.person_id for role in session.roles if role.role == RAPPORTEUR and role.ended_at} - holding
    query = select(KeptText).where(
        KeptText.session_id == session.id,
        KeptText.note_id.is_(None),
        KeptText.part == part,
        KeptText.settled_at.is_(None),
        KeptText.by_id.in_([number for number in former if number]),
    )
    return list(db.session.scalars(query.order_by(KeptText.at.desc()).options(joinedload(KeptText.by))))


def rapporteurs_of(session: Session) -> list[SpeakingRole]:
    """Who records this session now."""
    return [role for role in session.roles if role.holds and role.role == RAPPORTEUR]


def shift_of(role: SpeakingRole) -> Shift | None:
    """The shift of this rapporteur, None for the whole session."""
    return db.session.scalar(select(Shift).where(Shift.role_id == role.id))


def shifts_at(meeting: Meeting) -> dict[int, Shift]:
    """Role -> its shift, for all of this meeting."""
    query = select(Shift).join(SpeakingRole, SpeakingRole.id == Shift.role_id).join(SpeakingRole.session)
    return {one.role_id: one for one in db.session.scalars(query.where(Session.meeting_id == meeting.id))}


def candidates(session: Session, roles: list[SpeakingRole], people: list[Person]) -> list[Candidate]:
    """These people without who records this session already, who is free first; `roles` are all of the meeting."""
    here = {role.person_id for role in roles if role.session_id == session.id and role.role == RAPPORTEUR}
    found = []
    for person in people:
        if person.id in here:
            continue
        clash = [role.session.code for role in roles if role.person_id == person.id and overlap(role.session, session)]
        found.append(Candidate(person, ", ".join(sorted(set(clash)))))
    return sorted(found, key=lambda one: (bool(one.busy), one.person.name))


def overlap(one: Session, other: Session) -> bool:
    return one.cancelled_at is None and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def parts_held(meeting: Meeting) -> list[SpeakingRole]:
    """Every part that somebody with an address holds at this meeting, with its session and person."""
    query = (
        select(SpeakingRole)
        .join(SpeakingRole.session)
        .where(
            Session.meeting_id == meeting.id,
            SpeakingRole.person_id.is_not(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
        .options(joinedload(SpeakingRole.session), joinedload(SpeakingRole.person))
    )
    return list(db.session.scalars(query.order_by(SpeakingRole.id)))


def who_records(meeting: Meeting, roles: list[SpeakingRole]) -> list[Person]:
    """Everybody who may be given a session: the meeting's rapporteurs, and who records one of its sessions."""
    staff = [one.person for one in staff_of(meeting) if one.role == RECORDS_ALL]
    recording = [role.person for role in roles if role.role == RAPPORTEUR and role.person]
    return list({person.id: person for person in [*staff, *recording]}.values())


def facts_of(person: Person, meeting: Meeting) -> RoleFacts:
    """How somebody stands on the agenda elsewhere at this meeting."""
    known = next((role for role in parts_held(meeting) if role.person_id == person.id), None)
    return RoleFacts(
        role=RAPPORTEUR,
        name=known.name if known else person.name,
        email=person.email,
        name_own=known.name_own if known else "",
        name_language=known.name_language if known else "",
        position_held=known.position_held if known else "",
        organization=known.organization if known else "",
        country=known.country if known else "",
    )


def due_nudges(at: datetime) -> Select[Session]:
    """Sessions that ended half an hour ago, have a rapporteur, and were neither handed in nor nudged about."""
    role = (
        exists()
        .where(SpeakingRole.session_id == Session.id, SpeakingRole.role == RAPPORTEUR)
        .where(SpeakingRole.person_id.is_not(None), SpeakingRole.ended_at.is_(None), SpeakingRole.state != DECLINED)
    )
    return (
        select(Session)
        .outerjoin(SessionRecord, SessionRecord.session_id == Session.id)
        .where(
            Session.ends_at <= at - NUDGED_AFTER,
            Session.ends_at > at - TOO_LATE,
            Session.kind != BREAK,
            Session.cancelled_at.is_(None),
            or_(SessionRecord.id.is_(None), SessionRecord.submitted_at.is_(None) & SessionRecord.nudged_at.is_(None)),
            role,
        )
        .order_by(Session.ends_at, Session.id)
        .limit(1)
    )


def nudge_next(at: datetime) -> int:
    """Write to the rapporteurs of one session that it waits to be handed in, once. Returns 1, or 0."""
    session = db.session.scalar(due_nudges(at).with_for_update(skip_locked=True, of=Session))
    if session is None:
        return 0
    kept = record_of(session)  # read again under the lock: the row that was locked is not the row that says so
    if kept is not None and (kept.nudged_at or kept.submitted_at):
        return 0
    opened(session).nudged_at = at
    count = len(notes_of(session))
    for role in rapporteurs_of(session):
        if role.person is not None:
            post(mails.nudge(session, role.person, count), at=at)
    record("nudged", session, by=None, at=at, meeting_id=session.meeting_id)
    return 1
