"""Asking that somebody be erased, and deciding about it: two people, and neither is the one it is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import product

from sqlalchemy import func, or_, select

from eventapp.agenda.models import SpeakingRole
from eventapp.erasure.emptying import empty_rows, erase_nominees
from eventapp.erasure.models import Erasure
from eventapp.erasure.names import ERASED, blanked, sought, ways_to_write
from eventapp.erasure.queries import erasure_in_force, holds_office, next_to_erase, registrations_of, things_of
from eventapp.erasure.rules import decide_erasure
from eventapp.erasure.sweeping import sweep_next, turn_of
from eventapp.erasure.versions import VERSIONS, Version, next_version
from eventapp.floor.models import Statement
from eventapp.ground.db import db, lock, lock_whole
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.people.models import Person
from eventapp.people.queries import is_in_use
from eventapp.practices.models import Card
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Amendment, DelegationFocalPoint, Registration
from eventapp.registration.uploads.retention import is_to_come

NAMED = ("given_name", "family_name", "record_name", "badge_name", "own_name")


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
    erasure.names = names_of(person, registrations)
    erasure.decided_by_id, erasure.decided_at, erasure.is_confirmed = by.id, at, True
    db.session.flush()
    erase_nominees(person, erasure.names)
    theirs = things_of(person, registrations)
    empty_rows(person, registrations, at=at)
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


def names_of(person: Person, registrations: Sequence[Registration]) -> list[str]:
    """Every way in which they are named, with their addresses and numbers."""
    names = [person.name, person.email]
    for one in registrations:
        names += [one.record_name, one.badge_name, one.own_name]
        names += ways_to_write(one.given_name, one.family_name)
    names += numbers_to_call(person, registrations)
    mine = [one.id for one in registrations]
    names += names_before(registrations)
    for query in (
        select(SpeakingRole.name, SpeakingRole.name_own).where(SpeakingRole.person_id == person.id),
        select(Statement.name).where(Statement.registration_id.in_(mine)),
        select(DelegationFocalPoint.name).where(DelegationFocalPoint.person_id == person.id),
        select(Card.name).where(Card.person_id == person.id),
    ):
        names += [name for row in db.session.execute(query) for name in row]
    for given, family in db.session.execute(
        select(Invitation.given_name, Invitation.family_name).where(Invitation.email == person.email)
    ):
        names += ways_to_write(given, family)
    return without_namesakes(person, [one for one in sought(names) if one != ERASED])


def names_before(registrations: Sequence[Registration]) -> list[str]:
    """What they were called before somebody put it right, or asked to be called: of what waited, and of history."""
    mine, names = [one.id for one in registrations], list[str]()
    asked = select(Amendment.registration_id, Amendment.changes).where(Amendment.registration_id.in_(mine))
    lines = select(Entry.thing_id, Entry.detail).where(Entry.thing == "registration", Entry.thing_id.in_(mine))
    found: list[tuple[int, object]] = [(number, changes) for number, changes in db.session.execute(asked)]
    found += [(number, detail.get("changes")) for number, detail in db.session.execute(lines)]
    for one in registrations:
        changes = [changed for number, changed in found if number == one.id and isinstance(changed, dict)]
        words = {name: words_of_changes(name, changes) for name in NAMED}
        names += [*words["record_name"], *words["badge_name"], *words["own_name"]]
        for given, family in product([one.given_name, *words["given_name"]], [one.family_name, *words["family_name"]]):
            names += ways_to_write(given, family)
    return names


def words_of_changes(name: str, changes: Sequence[Record]) -> list[str]:
    """What this field was before and after each of these changes."""
    pairs = [one.get(name) or [] for one in changes]
    return [words for pair in pairs for words in pair if isinstance(words, str)]


def numbers_to_call(person: Person, registrations: Sequence[Registration]) -> set[str]:
    """Those that nobody else gave: an office may have one for all."""
    mine = {one.phone for one in registrations}
    others = select(Registration.phone).where(Registration.person_id != person.id, Registration.phone.in_(mine))
    return mine - set(db.session.scalars(others))


def without_namesakes(person: Person, names: Sequence[str]) -> list[str]:
    """Those that nobody else is called: in the words of others a name of two people may be either.

    A row of a person on whom nothing hangs is nobody else: it may be the same one, at a mistyped address of theirs.
    """
    low = [name.casefold() for name in names]
    columns = (Registration.record_name, Registration.badge_name, Registration.own_name)
    in_full = func.lower(Registration.given_name + " " + Registration.family_name)
    others = select(*columns, Registration.given_name + " " + Registration.family_name).where(
        Registration.person_id != person.id, or_(in_full.in_(low), *(func.lower(one).in_(low) for one in columns))
    )
    shared = {name.casefold() for row in db.session.execute(others) for name in row}
    called = db.session.scalars(select(Person).where(Person.id != person.id, func.lower(Person.name).in_(low)))
    shared |= {one.name.casefold() for one in called if is_in_use(one)}
    shared |= {name for name in low if any(name in one for one in shared if one)}
    return [name for name in names if name.casefold() not in shared]


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
