"""What rows of a file do: somebody new, or other answers of somebody who is there. The meeting is locked.

New people are written together: a row by itself costs three times as much.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import LANGUAGES
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting
from eventapp.people.actions import meet
from eventapp.people.models import Person
from eventapp.registration.answers.actions import answer
from eventapp.registration.answers.queries import EVERY_STAGE, given
from eventapp.registration.application import Application, differences
from eventapp.registration.changes.actions import correct
from eventapp.registration.decisions.obstacles import obstacles
from eventapp.registration.entry import OWN, new_links, replace_link
from eventapp.registration.imports.models import ADDED, UPDATED, Import, ImportRow
from eventapp.registration.models import APPROVED, PENDING, WAITING, Delegation, Registration
from eventapp.registration.places.actions import decided, hold, offer_next
from eventapp.registration.places.letters import reply
from eventapp.registration.queries import delegations_named, next_number, places_left
from eventapp.registration.register import fill, new_delegation
from eventapp.vocabulary.participants import HEAD


@dataclass(frozen=True)
class Newcomer:
    """A row that adds somebody; `there` is their registration of before, that is asked anew."""

    row: ImportRow
    application: Application
    there: Registration | None


@dataclass
class Left:
    """The numbers and places that are left in this transaction, counted once."""

    meeting: Meeting
    number: int
    places: int
    by_category: dict[int, int] = field(default_factory=dict)
    senders: dict[str, Delegation] = field(default_factory=dict)  # by their folded names

    def take(self, category: Category) -> bool:
        """Take a place, where there is one."""
        if category.id not in self.by_category:
            self.by_category[category.id] = places_left(self.meeting, category)
        if min(self.by_category[category.id], self.places) < 1:
            return False
        self.by_category[category.id] -= 1
        self.places -= 1
        return True

    def sender(self, name: str, country: str) -> Delegation:
        """The delegation of this name, added where it is the first to send somebody."""
        key = folded(name)
        if key not in self.senders:
            self.senders[key] = new_delegation(self.meeting, name, country)
        return self.senders[key]


def left_at(meeting: Meeting, names: Iterable[str], *, at: datetime) -> Left:
    """What is left once those who wait have theirs, for nobody passes them; and the delegations of these names."""
    offer_next(meeting, at=at)
    return Left(meeting, next_number(meeting), places_left(meeting), senders=delegations_named(meeting, names))


def add_all(one: Import, people: Sequence[Newcomer], categories: Mapping[str, Category], *, at: datetime) -> None:
    """Register these people on behalf of who imports, each with a place or without one as the terms say.

    A request that nobody confirmed in time, or that an undone import left, is asked anew. Refused where a choice that
    the file makes has no place left.
    """
    left = left_at(one.meeting, (each.application.delegation for each in people), at=at)
    with db.session.no_autoflush:  # all of them are written at once, below
        made = [(each, registration_for(one, each, left, categories, at=at)) for each in people]
    db.session.flush()
    for each, registration in made:
        if each.there is None:
            new_links(registration, at=at)
        else:
            replace_link(OWN, registration, at=at)
        if each.application.answers:
            answer(registration, each.application.answers, EVERY_STAGE, by=one.by, at=at)
        settle(one, registration, left, at=at)
    db.session.flush()
    for each, registration in made:
        row = each.row
        row.outcome, row.registration_id, row.version, row.cells = ADDED, registration.id, registration.version, []


def registration_for(
    one: Import, each: Newcomer, left: Left, categories: Mapping[str, Category], *, at: datetime
) -> Registration:
    """The registration of this person, waiting for a decision; a new one has the next number."""
    application, registration = each.application, each.there
    if registration is None:
        language = language_for(one, application)
        person = meet(application.record_name, application.email, at=at, language=language)
        registration = Registration(meeting_id=one.meeting_id, person_id=person.id, number=left.number, version=1)
        left.number += 1
    delegation = left.sender(application.delegation, application.delegation_country)
    key = hashed(f"import {one.id} row {each.row.number}")
    fill(registration, categories[application.category], delegation, application, key=key, at=at)
    registration.state = PENDING
    return registration


def settle(one: Import, registration: Registration, left: Left, *, at: datetime) -> None:
    """Give the place that the terms speak of, where there is one and nothing stands against it, and the letter."""
    if registration.delegation.places is not None or registration.delegation_role == HEAD:
        db.session.flush()  # who came before this one counts: heads, and the places of a delegation
    with db.session.no_autoflush:
        wanted = one.terms.get("place") == APPROVED and not obstacles(registration)
        state = PENDING if not wanted else APPROVED if left.take(registration.category) else WAITING
        decided(registration, state, by=one.by, at=at)
        record("added from a file", registration, by=one.by, at=at, after=state)
    if one.terms.get("letters") == "all":
        post(reply(registration), at=at)


def language_for(one: Import, application: Application) -> str:
    """In which language somebody new is written to: the only one of ours that they follow, else the meeting's."""
    ours = [code for code in application.languages if code in LANGUAGES]
    first = one.meeting.written_in or "en"
    return ours[0] if len(ours) == 1 else first if first in LANGUAGES else "en"


def change(one: Import, row: ImportRow, application: Application, there: Registration, *, at: datetime) -> None:
    """Put right what the file says otherwise; what it does not say stays. Refused as correct() is."""
    by = one.by or gone()
    hold(there)
    before = {name: pair[0] for name, pair in differences(there, application).items()}
    if application.answers is not None:
        before["answers"] = given(there)
    correct(there, application, by=by, at=at)
    row.outcome, row.registration_id, row.version, row.cells = UPDATED, there.id, there.version, []
    row.before = before


def gone() -> Person:
    """Refused: nobody is there any more on whose behalf this is done."""
    raise Refused(_("Whoever chose this file is no longer known. Choose the file again."))
