"""Asking that somebody be erased, and deciding about it: two people, and neither is the one it is about."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_, select

from eventapp.erasure.emptying import empty_rows, erase_nominees, take_parts
from eventapp.erasure.looking.holdings import at_meeting, holdings_of
from eventapp.erasure.looking.known import Known, known_at, known_of, parts_without_address
from eventapp.erasure.models import Erasure
from eventapp.erasure.names import ERASED, blanked, is_in_full
from eventapp.erasure.queries import (
    erasure_in_force,
    holds_office,
    next_to_erase,
    parts_of,
    registrations_of,
    speaks_after,
    things_of,
)
from eventapp.erasure.rules import decide_erasure
from eventapp.erasure.sweeping import Ahead, read_next, sweep_next
from eventapp.ground.db import db, lock, lock_whole
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.names import name_key
from eventapp.history.actions import record
from eventapp.history.erasing import seal_anew
from eventapp.history.models import Entry
from eventapp.mail.mailbox import nowhere
from eventapp.meetings.models import Meeting
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.people.queries import is_in_use
from eventapp.registration.models import Registration
from eventapp.registration.uploads.retention import is_to_come


def ask_to_erase(registration: Registration, reason: str, *, by: Person, at: datetime) -> Erasure:
    """Ask that this person be erased; somebody else decides. Refused while a meeting or an office needs them."""
    erasure = ask(registration.person, reason, [], meeting=registration.meeting, by=by, at=at)
    record("asked to erase somebody", registration, by=by, at=at, reference=registration.reference)
    return erasure


def ask_about(email: str, name: str, reason: str, *, meeting: Meeting | None, by: Person, at: datetime) -> Erasure:
    """The same of whoever is known at this address, or by this name alone where `email` is "". Of `meeting` or of all.

    Refused too where nothing of them is there, and where a name without an address may be somebody else's.
    """
    known = known_at(email, name)
    refuse_strangers(known, name, meeting, has_address=bool(email))
    called = next((one for one in (name, *known.names) if one and "@" not in one), email)
    person = know(called, email or nowhere(f"named {name_key(name)}"), at=at)
    erasure = ask(person, reason, [name] if name else [], meeting=meeting, by=by, at=at)
    record("asked to erase somebody", erasure, by=by, at=at)
    return erasure


def ask(
    person: Person, reason: str, also: Sequence[str], *, meeting: Meeting | None, by: Person, at: datetime
) -> Erasure:
    lock(person)
    if erasure_in_force(person):
        raise Refused(_("Somebody asked for this already."))
    refuse_needed(person, known_of(person, also=also), at)
    number = meeting.id if meeting else None
    erasure = Erasure(meeting_id=number, person=person, reason=reason, names=list(also), asked_by_id=by.id, asked_at=at)
    db.session.add(erasure)
    db.session.flush()
    return erasure


def refuse_strangers(known: Known, name: str, meeting: Meeting | None, *, has_address: bool) -> None:
    """Refused where nothing of them is at this meeting, or anywhere; and where nobody can tell who is meant."""
    if name and not is_in_full(name):
        raise Refused(_("Write the name in full: one word of it may be a part of the names of others."), beside="name")
    if not has_address and known.shared:
        sentence = _("Somebody whose address we know is called so too. Write the address of the one you mean.")
        raise Refused(sentence, beside="name")
    holdings = holdings_of(known)
    if meeting and not at_meeting(holdings, meeting):
        raise Refused(_("Nothing of this person is at this meeting."))
    if not holdings:
        raise Refused(_("Nothing of this person is here."))


def refuse_erasure(erasure: Erasure, *, by: Person, at: datetime) -> None:
    """Leave everything as it is. Whoever asked may take it back in this way.

    A row that was made only to ask about somebody keeps neither name nor address.
    """
    refuse_decided(erasure)
    erasure.decided_by_id, erasure.decided_at, erasure.names = by.id, at, []
    person = erasure.person
    if person.known_since == erasure.asked_at and not is_in_use(person, but=Erasure.__tablename__):
        person.name, person.email, person.disabled_at = ERASED, nowhere(f"asked {erasure.id}"), at
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
        raise Refused(_("This person is known beyond this meeting: an administrator has to confirm it."))
    person, known = erasure.person, known_of(erasure.person, also=erasure.names)
    refuse_needed(person, known, at)
    take_parts(parts_without_address(known), person)
    registrations, known = registrations_of(person), known_of(person, also=known.names)
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


def refuse_needed(person: Person, known: Known, at: datetime) -> None:
    if holds_office(person):
        raise Refused(_("This person has a role in running meetings. End it first."))
    registrations = registrations_of(person)
    if any(is_to_come(one, at) for one in registrations):
        raise Refused(_("This person is to come to a meeting. They withdraw first, or the meeting ends."))
    if not registrations and speaks_after(parts_of(person, parts_without_address(known)), at):
        raise Refused(_("This person has a part in a session that is to come. Take it away first, or wait until then."))


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
    ahead = read_next(erasure) if erasure else None
    return lambda at: sweep(ahead, at=at)


def sweep(ahead: Ahead | None, *, at: datetime) -> int:
    """Look through the next rows for the next person who is erased. Returns 1, 0 where there is nobody."""
    erasure = next_to_erase()
    if erasure is None:
        return 0
    lock(erasure)
    if erasure.done_at is None:
        sweep_next(erasure, ahead, at=at)
    return 1
