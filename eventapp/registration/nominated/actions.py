"""Naming somebody for a delegation, and what the named person does with it.

A nomination takes a place of its delegation at once. The meeting's row is the lock, as for every place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.actions import Met, meet
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.actions import confirm
from eventapp.registration.application import Application, facts_of, in_full, index, write_down
from eventapp.registration.changes.actions import amend
from eventapp.registration.decisions.obstacles import all_taken_in, heads_of, obstacles, role_is_full, taken_of
from eventapp.registration.entry import OWN, new_links, replace_link
from eventapp.registration.models import (
    APPROVED,
    LAPSED,
    PENDING,
    UNCONFIRMED,
    WAITING,
    WITHDRAWN,
    Delegation,
    Registration,
    Upload,
)
from eventapp.registration.nominated.queries import confirmations_end_at, unconfirmed_too_late
from eventapp.registration.places.actions import change_state, hold, offer_next, settle
from eventapp.registration.queries import next_number, registration_by_key, registration_of
from eventapp.registration.register import open_category
from eventapp.vocabulary.participants import HEAD

NAMED = ("category", "delegation", "delegation_country", "delegation_role")  # not for the named person to change


@dataclass(frozen=True)
class Nominee:
    """What a focal point says of somebody: nothing that is only theirs to say."""

    given_name: str
    family_name: str
    job_title: str
    category: str  # a code of the meeting's
    role: str = ""  # in the delegation of a State
    organization: str = ""  # the ministry or unit
    email: str = ""

    def facts(self, delegation: Delegation) -> Record:
        """The same by the names of the fields of a registration."""
        name = in_full(self.given_name, self.family_name)
        return {
            "given_name": self.given_name,
            "family_name": self.family_name,
            "record_name": name,
            "badge_name": name,
            "job_title": self.job_title,
            "organization": self.organization,
            "category": self.category,
            "delegation": delegation.name,
            "delegation_country": delegation.country,
            "delegation_role": self.role,
        }


def nominate(
    delegation: Delegation,
    nominee: Nominee,
    *,
    key: str,
    by: Person,
    at: datetime,
    language: str,
    beside: Registration | None = None,
) -> Registration:
    """Name somebody for the delegation, who gets a letter with a link of their own. Sent twice, it is one nomination.

    Refused where every place of the delegation is taken, but for that of somebody `beside` who leaves it, where another
    leads it already, or where the address is registered.
    """
    meeting = delegation.meeting
    lock(meeting)
    key = key_of_nominee(key, delegation, nominee)
    sent_before = registration_by_key(key)
    if sent_before:
        return sent_before
    refuse_taken(delegation, nominee.role, beside=beside.id if beside else 0)
    category = open_category(meeting, nominee.category)
    person = meet(in_full(nominee.given_name, nominee.family_name), nominee.email, at=at, language=language)
    there = None if person.is_new else registration_of(person.id, meeting.id)
    registration = taken_over(there, delegation, nominee, by=by, at=at) if there else new_row(meeting, person, at)
    named = nominee.facts(delegation)
    write_down(registration, Application(email=nominee.email, **named).facts() if there is None else named)
    registration.category, registration.delegation, registration.client_key = category, delegation, key
    registration.vouched_at = at
    index(registration, delegation.name, address_of(nominee.email))
    db.session.add(registration)
    db.session.flush()
    if there is None:
        new_links(registration, at=at)
    record("nominated", registration, by=by, at=at, meeting_id=meeting.id, name=registration.record_name)
    post(mails.nominated(registration), at=at)
    return registration


def key_of_nominee(key: str, delegation: Delegation, nominee: Nominee) -> str:
    """What makes two nominations one: the same form with the same answers."""
    facts = sorted(nominee.facts(delegation).items())
    return hashed(repr((key, delegation.id, address_of(nominee.email), facts)))


def new_row(meeting: Meeting, person: Met, at: datetime) -> Registration:
    return Registration(
        meeting_id=meeting.id,
        person_id=person.id,
        number=next_number(meeting),
        state=UNCONFIRMED,
        asked_at=at,
        state_at=at,
    )


def taken_over(
    registration: Registration, delegation: Delegation, nominee: Nominee, *, by: Person, at: datetime
) -> Registration:
    """The registration of this address, asking anew: nobody confirmed it, or it was withdrawn.

    Refused where it counts. Of one in another delegation nothing is said.
    """
    hold(registration)
    refusal = refusal_of(registration, delegation, nominee.email, at)
    if refusal:
        raise Refused(refusal)
    if registration.state != WITHDRAWN:
        replace_link(OWN, registration, at=at)  # whoever asked before us keeps no way in
    registration.asked_at, registration.confirmed_at = at, None
    change_state(registration, UNCONFIRMED, "asked again", by=by, at=at)
    return registration


def refusal_of(registration: Registration, delegation: Delegation, email: str, at: datetime) -> str:
    """Why the address of this registration cannot be nominated for the delegation; "" where it can."""
    state = registration.state_now(at)
    if not registration.is_nominated and state in (UNCONFIRMED, LAPSED, WITHDRAWN):
        return ""
    if registration.delegation_id == delegation.id and state in (UNCONFIRMED, PENDING, APPROVED, WAITING):
        return _("%(name)s is in your delegation already.", name=registration.record_name)
    return _("%(email)s cannot be nominated here. Write to %(mail)s.", email=email, mail=mail_of(delegation))


def refuse_taken(delegation: Delegation, role: str, *, beside: int = 0) -> None:
    """Refused where the delegation has no place left, also in this role, or another head. The meeting is locked."""
    if delegation.places is not None and taken_of(delegation.id, beside=beside) >= delegation.places:
        places = {"count": delegation.places, "mail": mail_of(delegation)}
        raise Refused(
            _("All %(count)s places are taken. Withdraw or replace somebody, or write to %(mail)s.", **places)
        )
    refuse_role(delegation, role, beside=beside)


def refuse_role(delegation: Delegation, role: str, *, beside: int) -> None:
    """Refused where somebody else leads the delegation already, or it has no place left in this role."""
    others = heads_of(delegation.id, beside=beside) if role == HEAD else []
    if others:
        sentence = _(
            "%(name)s is head of this delegation already. Replace them, or choose another role.", name=others[0]
        )
        raise Refused(sentence)
    if role_is_full(delegation, role, beside=beside):
        sentence = all_taken_in(delegation, role)
        raise Refused(f"{sentence} " + _("Choose another role, or write to %(mail)s.", mail=mail_of(delegation)))


def change_nominee(registration: Registration, nominee: Nominee, *, by: Person, at: datetime) -> None:
    """Put right what the focal point says of somebody; the names only until the person has confirmed them.

    What was approved is checked again. Refused for a second head, a role without a place left, and as amend() is.
    """
    hold(registration)
    refuse_role(registration.delegation, nominee.role, beside=registration.id)
    facts = facts_of(registration)
    changed = nominee.facts(registration.delegation)
    if registration.state != UNCONFIRMED:
        changed = {name: value for name, value in changed.items() if not name.endswith("_name")}
    amend(registration, Application(email=registration.person.email, **{**facts, **changed}), by=by, at=at)


def confirm_nomination(
    registration: Registration, application: Application, *, at: datetime, files: Sequence[Upload] = (), base: str = ""
) -> None:
    """The named person comes, with these answers; for whom and as what stays as it was named.

    Confirming twice is no fault. Refused as amend() and confirm() are.
    """
    hold(registration)
    if not registration.is_nominated:
        return
    ends_at = confirmations_end_at(registration.meeting)
    if ends_at is not None and at >= ends_at:
        raise Refused(_("Nominations are confirmed no more. Write to %(mail)s.", mail=mail_of(registration.delegation)))
    named = {name: facts_of(registration)[name] for name in NAMED}
    amend(registration, replace(application, **named), by=registration.person, at=at, files=files, base=base)
    confirm(registration, at=at)


def vouch_for(registration: Registration, *, by: Person, at: datetime) -> None:
    """The focal point says that somebody who registered by themselves is of the delegation.

    Where no approval is asked and nothing else stands against it, they have a place at once. Refused where every place
    of the delegation is taken. Done twice, it is done once.
    """
    hold(registration)
    if registration.vouched_at is not None:
        return
    refuse_taken(registration.delegation, registration.delegation_role, beside=registration.id)
    registration.vouched_at = at
    db.session.flush()
    record("confirmed a member", registration, by=by, at=at)
    if registration.state == PENDING and not registration.category.needs_approval and not obstacles(registration):
        settle(registration, "got a place", by=by, at=at)
    elif registration.state == WAITING:
        offer_next(registration.meeting, at=at)


def lapse_late(*, at: datetime) -> int:
    """Let nominations go that nobody confirmed before the deadline of their meeting. Returns how many."""
    lapsed = 0
    for registration in unconfirmed_too_late(at):
        hold(registration)
        if registration.is_nominated:
            change_state(registration, LAPSED, "lapsed", by=None, at=at)
            lapsed += 1
    return lapsed


def mail_of(delegation: Delegation) -> str:
    return delegation.meeting.contact_email
