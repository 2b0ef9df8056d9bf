"""Who records what: rapporteurs and their shifts, one in another's place without loss, and a nudge at the end."""

from datetime import datetime, timedelta

from sqlalchemy import Select, exists, or_, select

from eventapp.agenda.models import DECLINED, Session, SpeakingRole
from eventapp.agenda.roles.actions import end_role, give_role
from eventapp.agenda.sessions.facts import RoleFacts
from eventapp.drafts.actions import Sent, Slot, keep, settle
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import secret
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.record.drafts.actions import session_of
from eventapp.record.notes.queries import notes_of
from eventapp.record.rapporteurs.mails import nudge
from eventapp.record.rapporteurs.models import Shift
from eventapp.record.sessions.actions import opened
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import BREAK, RAPPORTEUR, rapporteurs_of, record_of

NUDGED_AFTER = timedelta(minutes=30)
TOO_LATE = timedelta(hours=24)  # a worker that was away for long does not write about yesterday's sessions


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
    record("replaced rapporteur", role.session, by=by, at=at, old=role.name, new=new.name)
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
    record("set shift", role, by=by, at=at, name=role.name)


def take_over(draft: Draft, *, by: Person, at: datetime) -> Draft:
    """Go on with what a former rapporteur was typing: it stands in the form of the other, and stays as it was, too.

    Refused where somebody took it already.
    """
    session = session_of(draft)
    lock(session)
    db.session.refresh(draft)
    if not draft.is_open:
        raise Refused(_("Somebody has taken this text over already."))
    settle(draft, at=at)
    slot = Slot(draft.kind, session.id, person_id=by.id, key=secret())
    mine = keep(slot, draft.content, Sent(base=draft.base), at=at).draft or draft
    record("took over", session, by=by, at=at, kept=draft.id)
    return mine


def shift_of(role: SpeakingRole) -> Shift | None:
    """The shift of this rapporteur, None for the whole session."""
    return db.session.scalar(select(Shift).where(Shift.role_id == role.id))


def shifts_at(meeting: Meeting) -> dict[int, Shift]:
    """Role -> its shift, for all of this meeting."""
    query = select(Shift).join(SpeakingRole, SpeakingRole.id == Shift.role_id).join(SpeakingRole.session)
    return {one.role_id: one for one in db.session.scalars(query.where(Session.meeting_id == meeting.id))}


def facts_of(person: Person, meeting: Meeting) -> RoleFacts:
    """How somebody stands on the agenda elsewhere at this meeting."""
    known = first_part_of(person, meeting)
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


def first_part_of(person: Person, meeting: Meeting) -> SpeakingRole | None:
    """The first part this person holds at this meeting."""
    query = (
        select(SpeakingRole)
        .join(SpeakingRole.session)
        .where(
            Session.meeting_id == meeting.id,
            SpeakingRole.person_id == person.id,
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state != DECLINED,
        )
    )
    return db.session.scalar(query.order_by(SpeakingRole.id).limit(1))


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
    state = record_of(session)  # read again under the lock: the row that was locked is not the row that says so
    if state is not None and (state.nudged_at or state.submitted_at):
        return 0
    opened(session).nudged_at = at
    count = len(notes_of(session))
    for role in rapporteurs_of(session):
        if role.person is not None:
            post(nudge(session, role.person, count), at=at)
    record("nudged", session, by=None, at=at)
    return 1
