from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from eventapp.agenda.facts import RoleFacts, SessionFacts
from eventapp.agenda.mails import role_asked, role_ended, role_given
from eventapp.agenda.models import CONFIRMED, DECLINED, INVITED, Session, SpeakingRole
from eventapp.agenda.queries import session_at
from eventapp.db import Record, db, lock
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Body, Meeting, Room
from eventapp.people.actions import know
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.rows import put
from eventapp.words import _

WHEN_AND_WHERE = frozenset({"starts_at", "ends_at", "room_id"})  # RFC 5545, 3.8.7.4: what makes SEQUENCE rise
CODES = {"body_id": Body.code, "room_id": Room.code}


def create_session(
    meeting: Meeting, code: str, facts: SessionFacts, *, by: Person | None, at: datetime, illustrative: bool = False
) -> Session:
    """Put a session on the draft; the same twice is one. Refused when its code is taken or it ends before it begins."""
    lock(meeting)
    known = session_at(meeting, code)
    if known and not known.cancelled_at and says(known, columns(facts)):  # pressed twice
        return known
    if known:
        raise Refused(_("There is a session %(code)s already. Choose another code.", code=code))
    refuse_senseless(meeting, facts)
    session = Session(
        meeting=meeting,
        code=code,
        uid=f"{uuid4()}@{meeting.contact_email.rpartition('@')[2] or meeting.slug}",
        changed_at=at,
        cancelled_at=None,
        illustrative=illustrative,
        **columns(facts),
    )
    db.session.add(session)
    record("made session", session, by=by, at=at, meeting_id=meeting.id, code=code, title=facts.title)
    return session


def change_session(
    session: Session, facts: SessionFacts, *, by: Person | None, at: datetime, version: int | None = None
) -> Record:
    """Say other things about a session. Returns field → [before, after], empty where nothing changed.

    Refused when it is cancelled, when it ends before it begins, or when somebody changed it since `version` was read.
    """
    lock(session)
    if session.cancelled_at:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    changes = columns(facts)
    if version is not None and version != session.version and not says(session, changes):
        raise Refused(
            _(
                "Somebody changed session %(code)s while you were editing it. Open it again to see what it says now.",
                code=session.code,
            )
        )
    refuse_senseless(session.meeting, facts)
    return set_columns(session, changes, by=by, at=at)


def move(
    session: Session, *, starts_at: datetime, ends_at: datetime, room_id: int | None, by: Person | None, at: datetime
) -> Record:
    """Give a session another time or room. Returns field → [before, after]. Refused as `change_session` is."""
    lock(session)
    facts = SessionFacts(
        title=session.title,
        kind=session.kind,
        starts_at=starts_at,
        ends_at=ends_at,
        room_id=room_id,
        body_id=session.body_id,
        agenda_item=session.agenda_item,
        summary=session.summary,
        rule=session.rule,
        interpretation=tuple(session.interpretation),
        expected=session.expected,
    )
    return change_session(session, facts, by=by, at=at)


def cancel_session(session: Session, *, by: Person | None, at: datetime) -> None:
    """Take a session off; it stays known, so that calendars can hear of it. One that is off stays as it is."""
    lock(session)
    if session.cancelled_at:
        return
    session.cancelled_at = session.changed_at = at
    session.sequence, session.version = session.sequence + 1, session.version + 1
    record("cancelled session", session, by=by, at=at, meeting_id=session.meeting_id, code=session.code)


def restore_session(session: Session, *, by: Person | None, at: datetime) -> None:
    """Put a cancelled session back where it was. One that is not cancelled stays as it is."""
    lock(session)
    if not session.cancelled_at:
        return
    session.cancelled_at, session.changed_at = None, at
    session.sequence, session.version = session.sequence + 1, session.version + 1
    record("restored session", session, by=by, at=at, meeting_id=session.meeting_id, code=session.code)


def give_role(
    session: Session, facts: RoleFacts, *, by: Person | None, at: datetime, confirmed: bool = False
) -> SpeakingRole:
    """Give somebody a part in a session. With an address the person is asked by letter, unless known to have agreed.

    Once the session has begun nobody is asked, as nobody could answer: the part is noted as confirmed, and only a
    rapporteur, whose work is still to do, is told by letter. The same part in the same words twice is one, with one
    letter. Refused when the session is cancelled, or when somebody of that name has the part with other words.
    """
    lock(session)
    if session.cancelled_at:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    begun = at >= session.starts_at
    words = asdict(facts)
    email = words.pop("email")
    known = next((one for one in session.roles if one.holds and (one.role, one.name) == (facts.role, facts.name)), None)
    if (
        known and says(known, words) and (known.person.email if known.person else "") == address_of(email)
    ):  # pressed twice
        return known
    if known:
        raise Refused(_("%(name)s has this part in the session already.", name=facts.name))
    role = SpeakingRole(
        session=session,
        person_id=know(facts.name, email, at=at).id if email else None,
        position=max((role.position for role in session.roles), default=0) + 1,
        state=CONFIRMED if confirmed or begun else INVITED,
        asked_at=at,
        answered_at=at if confirmed or begun else None,
        ended_at=None,
        **words,
    )
    db.session.add(role)
    session.changed_at = at
    record("gave part", role, by=by, at=at, meeting_id=session.meeting_id, name=role.name, part=role.role)
    if role.person_id and not confirmed and not begun:
        post(role_asked(role), at=at)
    elif role.person_id and not confirmed and role.role == "rapporteur":
        post(role_given(role), at=at)
    return role


def change_role(
    role: SpeakingRole, facts: RoleFacts, *, by: Person | None, at: datetime, confirmed: bool = False
) -> Record:
    """Correct what is said of somebody in a part; the part itself stays. Returns field → [before, after].

    An address where there was none has the person asked by letter until the session begins; one that was asked already
    stays. `confirmed` says that the person has agreed. Refused when the session is cancelled, the part has ended, or
    somebody else of that name has it.
    """
    session = role.session
    lock(session)
    lock(role)
    if session.cancelled_at:
        raise Refused(_("Session %(code)s is cancelled. Put it back first.", code=session.code))
    if role.ended_at:
        raise Refused(_("This part was taken back meanwhile. Give it again if it is needed."))
    if any(one.holds and one is not role and (one.role, one.name) == (role.role, facts.name) for one in session.roles):
        raise Refused(_("%(name)s has this part in the session already.", name=facts.name))
    words = {**asdict(facts), "role": role.role}
    email = "" if role.person_id else words["email"]
    del words["email"]
    changed = {name: [getattr(role, name), value] for name, value in words.items() if getattr(role, name) != value}
    put(role, **words)
    if email:
        role.person, changed["email"] = know(facts.name, email, at=at), ["", email]
        db.session.flush()
    if changed:
        session.changed_at = at
        record("changed part", role, by=by, at=at, meeting_id=session.meeting_id, name=role.name, changes=changed)
    if confirmed:
        answer_role(role, accepts=True, at=at, by=by)
    elif email and role.state == INVITED and at < session.starts_at:
        post(role_asked(role), at=at)
    return changed


def answer_role(role: SpeakingRole, *, accepts: bool, at: datetime, by: Person | None, reason: str = "") -> None:
    """Take a part or decline it; the answer may be changed until the session begins. The same answer twice is no fault.

    Refused when the part was ended, the session is cancelled, or it has begun.
    """
    lock(role.session)
    lock(role)
    if role.ended_at or role.session.cancelled_at:
        raise Refused(_("You are not asked for this part any more. Nothing is expected of you."))
    if at >= role.session.starts_at and by is role.person:
        raise Refused(_("The session has begun. Talk to the organizers instead."))
    state = CONFIRMED if accepts else DECLINED
    if role.state == state:
        return
    role.state, role.answered_at, role.reason = state, at, reason
    role.session.changed_at = at
    verb = "accepted part" if accepts else "declined part"
    record(verb, role, by=by, at=at, meeting_id=role.session.meeting_id, name=role.name, part=role.role, reason=reason)


def end_role(role: SpeakingRole, *, by: Person | None, at: datetime) -> None:
    """Take a part back; a person who was asked hears of it. One that has ended stays as it is."""
    lock(role.session)
    lock(role)
    if role.ended_at:
        return
    declined = role.state == DECLINED
    role.ended_at = role.session.changed_at = at
    record("ended part", role, by=by, at=at, meeting_id=role.session.meeting_id, name=role.name, part=role.role)
    if role.person_id and not declined and at < role.session.ends_at:
        post(role_ended(role), at=at)


def refuse_senseless(meeting: Meeting, facts: SessionFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise Refused(_("The session ends before it begins. Write a later end."))
    if facts.room_id is not None and db.session.get_one(Room, facts.room_id).meeting_id != meeting.id:
        raise Refused(_("That room belongs to another meeting. Choose a room of this one."))


def says(row: Session | SpeakingRole, words: Record) -> bool:
    """Whether the row has just these words."""
    return all(getattr(row, name) == value for name, value in words.items())


def columns(facts: SessionFacts) -> Record:
    return {**asdict(facts), "interpretation": list(facts.interpretation)}


def set_columns(session: Session, words: Record, *, by: Person | None, at: datetime) -> Record:
    changed: Record = {}
    for name, value in words.items():
        before = getattr(session, name)
        if before != value:
            changed[name] = [_said(name, before), _said(name, value)]
            setattr(session, name, value)
    if changed:
        session.changed_at, session.version = at, session.version + 1
        session.sequence += bool(WHEN_AND_WHERE & changed.keys())
        record("changed session", session, by=by, at=at, meeting_id=session.meeting_id, code=session.code,
               changes={name.removesuffix("_id"): both for name, both in changed.items()})  # fmt: skip
    return changed


def _said(name: str, value: Any) -> str | None:
    """A value for a reader of history: a room and a body by their codes, for the number of a row says nothing."""
    if value is None:
        return None
    return str(db.session.scalar(select(CODES[name]).filter_by(id=value)) if name in CODES else value)
