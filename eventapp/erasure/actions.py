"""Asking that somebody be erased, and deciding about it: two people, and neither is the one it is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from eventapp.erasure.emptying import empty_rows, erase_nominees
from eventapp.erasure.looking.known import known_of
from eventapp.erasure.models import Erasure
from eventapp.erasure.names import blanked
from eventapp.erasure.queries import erasure_in_force, holds_office, next_to_erase, registrations_of, things_of
from eventapp.erasure.rules import decide_erasure
from eventapp.erasure.sweeping import sweep_next, turn_of
from eventapp.erasure.versions import VERSIONS, Version, next_version
from eventapp.ground.db import db, lock, lock_whole
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from eventapp.registration.uploads.retention import is_to_come


def ask_to_erase(registration: Registration, reason: str, *, by: Person, at: datetime) -> Erasure:
    """Ask that this person be erased; somebody else decides. Refused while a meeting or an office needs them."""
    person = registration.person
    lock(person)
    if erasure_in_force(person):
        raise Refused(_("Somebody asked for this already."))
    refuse_needed(person, at)
    erasure = Erasure(meeting_id=registration.meeting_id, person=person, reason=reason, asked_by_id=by.id, asked_at=at)
    db.session.add(erasure)
    record("asked to erase somebody", registration, by=by, at=at, reference=registration.reference)
    return erasure


def refuse_erasure(erasure: Erasure, *, by: Person, at: datetime) -> None:
    """Leave everything as it is. Whoever asked may take it back in this way."""
    refuse_decided(erasure)
    erasure.decided_by_id, erasure.decided_at = by.id, at
    record("refused to erase somebody", erasure, by=by, at=at)


def confirm_erasure(erasure: Erasure, *, by: Person, at: datetime) -> None:
    """Erase the person: what is only theirs at once, their name wherever else it stands by the worker.

    Refused for whoever asked and for the person, and for who organizes not all the meetings that know them.
    """
    lock_whole(erasure.person)
    refuse_decided(erasure)
    if by.id in (erasure.asked_by_id, erasure.person_id):
        raise Refused(_("Two people decide this: somebody else than you has to confirm it."))
    if not decide_erasure(by, erasure):
        raise Refused(_("Another meeting knows this person: an administrator has to confirm it."))
    refuse_needed(erasure.person, at)
    person, registrations = erasure.person, registrations_of(erasure.person)
    known = known_of(person)
    erasure.names = list(known.names)
    erasure.decided_by_id, erasure.decided_at, erasure.is_confirmed = by.id, at, True
    db.session.flush()
    erase_nominees(person, erasure.names)
    theirs = things_of(person, registrations)
    empty_rows(person, registrations, known.emails, at=at)
    record("erased somebody", erasure, by=by, at=at)
    blank_history(person, theirs, at=at)


def refuse_decided(erasure: Erasure) -> None:
    lock(erasure)
    if erasure.decided_at is not None:
        raise Refused(_("This was decided already."))


def refuse_needed(person: Person, at: datetime) -> None:
    if holds_office(person):
        raise Refused(_("This person has a role in running meetings. End it first."))
    if any(is_to_come(one, at) for one in registrations_of(person)):
        raise Refused(_("This person is to come to a meeting. They withdraw first, or the meeting ends."))


def blank_history(person: Person, things: Mapping[str, Sequence[int]], *, at: datetime) -> None:
    """Take the words out of the lines about these things of the person; what was done and when stays."""
    theirs = or_(*((Entry.thing == table) & Entry.thing_id.in_(numbers) for table, numbers in things.items()))
    lines = db.session.scalars(select(Entry).where(theirs, Entry.number.is_not(None)).order_by(Entry.number)).all()
    for entry in lines:
        entry.detail = {name: blanked(value) for name, value in entry.detail.items()}
    seal_anew(lines, person, by=None, at=at)


def read_ahead() -> Callable[[datetime], int]:
    """Read what is long before anything is held. Returns what then looks through the next rows."""
    erasure = next_to_erase()
    table = turn_of(erasure) if erasure else None
    version = next_version(erasure) if erasure and table is not None and table.name == VERSIONS else None
    return lambda at: sweep(version, at=at)


def sweep(version: Version | None, *, at: datetime) -> int:
    """Look through the next rows for the next person who is erased. Returns 1, 0 where there is nobody."""
    erasure = next_to_erase()
    if erasure is None:
        return 0
    lock(erasure)
    if erasure.done_at is None:
        sweep_next(erasure, version, at=at)
    return 1
