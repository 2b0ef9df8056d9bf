"""What a person is known by: every address and name of theirs, now and before each correction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Text, cast, false, func, or_, select

from eventapp.agenda.models import SpeakingRole
from eventapp.clearance.models import Reader
from eventapp.erasure.names import ERASED, Names, sought, ways_to_write
from eventapp.erasure.queries import registrations_of
from eventapp.floor.models import Statement
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.names import name_key
from eventapp.history.models import Entry
from eventapp.inputs.models import Input
from eventapp.mail.mailbox import reaches_somebody
from eventapp.mail.models import Letter
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.people.queries import is_in_use, person_at
from eventapp.practices.models import Card, CardRevision
from eventapp.registration.imports.models import ImportRow
from eventapp.registration.invitations.models import Invitation
from eventapp.registration.models import Amendment, DelegationFocalPoint, Registration

NAMED = ("given_name", "family_name", "record_name", "badge_name", "own_name")


@dataclass(frozen=True)
class Known:
    """What somebody is known by. `names` has all that is looked for in texts, addresses and numbers to call too."""

    number: int  # of the person; 0 for somebody who has no row yet
    emails: tuple[str, ...]
    names: tuple[str, ...]
    shared: tuple[str, ...]  # names that somebody else has as well: nobody could tell whose they are

    @property
    def keys(self) -> frozenset[str]:
        """By which a name is known again, in whatever order its words stand and with whatever title."""
        return Names(self.names).keys


def known_of(person: Person | None, *, email: str = "", also: Sequence[str] = ()) -> Known:
    """All that this person is known by, or that is known at this address. `also` is how whoever asks calls them."""
    number, registrations = (person.id, registrations_of(person)) if person else (0, [])
    emails = (person.email, *addresses_before(person, registrations)) if person else (email,) if email else ()
    names = [*also, *([person.name] if person else []), *names_of(number, registrations, emails)]
    looked_for = [one for one in sought([*names, *emails, *numbers_to_call(number, registrations)]) if one != ERASED]
    shared = names_of_others(number, emails, looked_for)
    mine = tuple(one for one in looked_for if one.casefold() not in shared)
    return Known(number, tuple(emails), mine, tuple(one for one in looked_for if one not in mine))


def known_at(email: str, name: str) -> Known:
    """The same of whoever is at this address, and of this name; "" where one of them is not known."""
    person = person_at(email) if email else None
    return known_of(person, email=address_of(email) if email else "", also=[name] if name else [])


def names_of(number: int, registrations: Sequence[Registration], emails: Sequence[str]) -> list[str]:
    """Every way in which the rows of this person, and those at these addresses, name them."""
    names = list[str]()
    for one in registrations:
        names += [one.record_name, one.badge_name, one.own_name]
        names += ways_to_write(one.given_name, one.family_name)
    mine = [one.id for one in registrations]
    names += names_before(registrations)
    for query in (
        select(SpeakingRole.name, SpeakingRole.name_own).where(SpeakingRole.person_id == number),
        select(Statement.name).where(Statement.registration_id.in_(mine)),
        select(DelegationFocalPoint.name).where(DelegationFocalPoint.person_id == number),
        select(Card.name).where(Card.person_id == number),
        select(Input.name).where(Input.person_id == number),
        select(Reader.name).where(Reader.email.in_(emails)),
    ):
        names += [name for row in db.session.execute(query) for name in row]
    invited = select(Invitation.given_name, Invitation.family_name).where(Invitation.email.in_(emails))
    for given, family in db.session.execute(invited):
        names += ways_to_write(given, family) or [family]
    names += contacts_at(emails)
    if not names:
        letters = select(Letter.to_name).where(Letter.to.in_(emails), Letter.to_name != "").distinct()
        names += db.session.scalars(letters)
    return names


def contacts_at(emails: Sequence[str]) -> list[str]:
    """What a card calls the contact who has one of these addresses."""
    content = cast(CardRevision.content, Text)
    some = or_(false(), *(content.icontains(one, autoescape=True) for one in emails))
    details = db.session.scalars(select(CardRevision.content).where(some))
    return [
        str(one.get("contact_name") or "") for one in details if address_of(one.get("contact_email") or "") in emails
    ]


def names_before(registrations: Sequence[Registration]) -> list[str]:
    """What they were called before somebody put it right, or asked to be called: of what waited, and of history."""
    names, found = list[str](), changes_of(registrations)
    for one in registrations:
        changes = [changed for number, changed in found if number == one.id]
        words = {name: words_of_changes(name, changes) for name in NAMED}
        names += [*words["record_name"], *words["badge_name"], *words["own_name"]]
        for given, family in product([one.given_name, *words["given_name"]], [one.family_name, *words["family_name"]]):
            names += ways_to_write(given, family)
    return names


def changes_of(registrations: Sequence[Registration]) -> list[tuple[int, Record]]:
    """What was changed, or was to be: number of the registration and, for each field, what stood before and after."""
    mine = [one.id for one in registrations]
    asked = select(Amendment.registration_id, Amendment.changes).where(Amendment.registration_id.in_(mine))
    lines = select(Entry.thing_id, Entry.detail).where(Entry.thing == "registration", Entry.thing_id.in_(mine))
    found: list[tuple[int, object]] = [(number, changes) for number, changes in db.session.execute(asked)]
    found += [(number, detail.get("changes")) for number, detail in db.session.execute(lines)]
    return [(number, changed) for number, changed in found if isinstance(changed, dict)]


def words_of_changes(name: str, changes: Sequence[Record]) -> list[str]:
    """What this field was before and after each of these changes."""
    pairs = [one.get(name) or [] for one in changes]
    return [words for pair in pairs for words in pair if isinstance(words, str)]


def addresses_before(person: Person, registrations: Sequence[Registration]) -> list[str]:
    """Other addresses of theirs: where letters about their registrations went, and by which they were added or invited.

    Not one that somebody else has: letters about them may have gone to others.
    """
    mine = [one.id for one in registrations]
    about = [f"{Person.__tablename__}:{person.id}", *(f"{Registration.__tablename__}:{one}" for one in mine)]
    found = set(db.session.scalars(select(Letter.to).where(Letter.about.in_(about))))
    found.update(db.session.scalars(select(ImportRow.email).where(ImportRow.registration_id.in_(mine))))
    found.update(words_of_changes("email", [changes for _number, changes in changes_of(registrations)]))
    found.update(addresses_in_history(person, mine))
    asked = {one.invitation_id: one for one in registrations if one.invitation_id}
    for one in db.session.scalars(select(Invitation).where(Invitation.id.in_(asked), Invitation.email != "")):
        if name_key(one.given_name, one.family_name) == key_of(asked[one.id]):  # else somebody else came by their link
            found.add(one.email)
    others = {address_of(one) for one in found if reaches_somebody(one)} - {person.email}
    return sorted(one for one in others if not is_of_another(one, person, registrations))


def key_of(registration: Registration) -> str:
    """The key of a name; a machine of the release before may have written none."""
    return name_key(registration.given_name, registration.family_name)


def addresses_in_history(person: Person, registrations: Sequence[int]) -> list[str]:
    """Addresses that lines about this person and these registrations name."""
    about = (Entry.thing == Registration.__tablename__) & Entry.thing_id.in_(registrations)
    about |= (Entry.thing == Person.__tablename__) & (Entry.thing_id == person.id)
    details = db.session.scalars(select(Entry.detail).where(about))
    return [one["email"] for one in details if isinstance(one.get("email"), str)]


def is_of_another(email: str, person: Person, registrations: Sequence[Registration]) -> bool:
    """Whether somebody else is known at this address: a person on whom something hangs, or one of another name."""
    there = db.session.scalar(select(Person).where(Person.email == email))
    if there is not None and is_in_use(there):
        return True
    keys = {
        name_key(person.name),
        *(one.name_key or name_key(one.given_name, one.family_name) for one in registrations),
    }
    invited = db.session.execute(select(Invitation.given_name, Invitation.family_name).where(Invitation.email == email))
    called = [name_key(*row) for row in invited]
    called += [name_key(one) for one in db.session.scalars(select(Reader.name).where(Reader.email == email))]
    return any(one not in keys for one in called)


def numbers_to_call(number: int, registrations: Sequence[Registration]) -> set[str]:
    """Those that nobody else gave: an office may have one for all."""
    mine = {one.phone for one in registrations}
    others = select(Registration.phone).where(Registration.person_id != number, Registration.phone.in_(mine))
    return mine - set(db.session.scalars(others))


def names_of_others(number: int, emails: Sequence[str], names: Sequence[str]) -> set[str]:
    """Those of these names, in small letters, that somebody else is called: in the words of others it may be either.

    A row of a person on whom nothing hangs is nobody else: it may be the same one, at a mistyped address of theirs.
    """
    low = [name.casefold() for name in names]
    columns = (Registration.record_name, Registration.badge_name, Registration.own_name)
    in_full = func.lower(Registration.given_name + " " + Registration.family_name)
    others = select(*columns, Registration.given_name + " " + Registration.family_name).where(
        Registration.person_id != number, or_(in_full.in_(low), *(func.lower(one).in_(low) for one in columns))
    )
    shared = {name.casefold() for row in db.session.execute(others) for name in row}
    called = db.session.scalars(select(Person).where(Person.id != number, func.lower(Person.name).in_(low)))
    shared |= {one.name.casefold() for one in called if one.email not in emails and is_in_use(one)}
    guest = func.trim(Invitation.given_name + " " + Invitation.family_name)
    for name, email in (guest, Invitation.email), (Reader.name, Reader.email):
        query = select(name, email).where(func.lower(name).in_(low), email.not_in(emails))
        shared |= {one.casefold() for one, there in db.session.execute(query) if reaches_somebody(there)}
    keys = keys_of(shared)  # in another order of its words it is theirs as well
    return {name for name in low if any(name in one for one in shared if one) or name_key(name) in keys}


def parts_without_address(known: Known) -> list[int]:
    """Parts in the programme whose speaker has no address with us and is called so, by their numbers."""
    pieces, keys = Names(known.names).pieces, known.keys
    columns = (SpeakingRole.name, SpeakingRole.name_own)
    some = or_(false(), *(column.icontains(one, autoescape=True) for column in columns for one in pieces))
    query = select(SpeakingRole.id, *columns).where(SpeakingRole.person_id.is_(None), some)
    return [number for number, *names in db.session.execute(query) if keys_of(names) & keys]


def keys_of(names: Iterable[str]) -> set[str]:
    return {name_key(one) for one in names} - {""}
