from dataclasses import dataclass
from datetime import datetime

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.mail.mailbox import nowhere
from eventapp.meetings.models import Meeting
from eventapp.people.actions import meet
from eventapp.people.models import Person
from eventapp.registration.accompanying.models import AccompanyingRules
from eventapp.registration.accompanying.queries import (
    ACTIVE,
    Rules,
    brought_by,
    coming_with,
    rules_of,
    rules_row,
)
from eventapp.registration.actions import refuse_when_over, withdraw
from eventapp.registration.application import Application
from eventapp.registration.models import APPROVED, PENDING, Registration
from eventapp.registration.places.actions import change_state, hold, settle
from eventapp.registration.queries import next_number, registration_by_key
from eventapp.registration.register import ask, key_of


@dataclass(frozen=True)
class Companion:
    """Somebody who comes along. They have no address of their own: whoever brings them is written to."""

    given_name: str
    family_name: str
    own_name: str = ""
    may_be_photographed: bool = True


def bring(registration: Registration, companion: Companion, *, key: str, at: datetime) -> Registration:
    """Register somebody who accompanies this participant: of the same delegation, and none of its places taken.

    They have a place at once where the participant has one and the category asks no approval, else they wait. The same
    form sent again is the same person. Refused where the meeting takes none, for more than it takes, for whoever does
    not come, and once the meeting is over.
    """
    hold(registration)
    meeting = registration.meeting
    refuse_when_over(registration, at)
    rules = rules_of(meeting)
    if rules is None:
        raise Refused(_("This meeting takes no accompanying persons. Write to %(mail)s.", mail=meeting.contact_email))
    if registration.state not in ACTIVE or registration.brought_by_id is not None:
        raise Refused(_("Only somebody who comes to the meeting can bring somebody along."))
    application = application_of(registration, companion, rules, key)
    key = key_of(key, meeting, application)
    sent_before = registration_by_key(key)
    if sent_before:
        return sent_before
    refuse_more(registration, rules)
    person = meet(application.record_name, application.email, at=at, language=registration.person.language)
    one = Registration(meeting_id=meeting.id, person_id=person.id, number=next_number(meeting))
    one.brought_by_id = registration.id
    ask(one, rules.category, registration.delegation, application, key=key, at=at)
    hold(one)
    one.confirmed_at = at
    if rules.category.needs_approval or registration.state != APPROVED:
        change_state(one, PENDING, "brought along", by=registration.person, at=at)
    else:
        settle(one, "brought along", by=registration.person, at=at)
    return one


def refuse_more(registration: Registration, rules: Rules) -> None:
    """Refused where this participant brings as many as the meeting takes. The meeting is locked."""
    if len(coming_with(registration)) < rules.most:
        return
    many = ngettext("You may bring %(num)s person.", "You may bring %(num)s people.", rules.most)
    write = _("Write to %(mail)s.", mail=registration.meeting.contact_email)
    raise Refused(f"{many} {write}")


def application_of(registration: Registration, companion: Companion, rules: Rules, key: str) -> Application:
    """What a form would say of them."""
    delegation = registration.delegation
    return Application(
        email=nowhere(f"{registration.id} {key}"),
        category=rules.category.code,
        given_name=companion.given_name,
        family_name=companion.family_name,
        record_name=f"{companion.given_name} {companion.family_name}".strip(),
        delegation=delegation.name,
        delegation_country=delegation.country,
        own_name=companion.own_name,
        may_be_photographed=companion.may_be_photographed,
    )


def leave_behind(registration: Registration, number: int, *, at: datetime) -> None:
    """Withdraw the person with this number of those whom this participant brought. Done twice, it is done once.

    Refused for anybody else, and once the meeting is over.
    """
    hold(registration)
    found = next((one for one in brought_by(registration) if one.number == number), None)
    if found is None:
        raise Refused(_("You brought nobody with this number."))
    if found.state in ACTIVE:
        withdraw(found, by=registration.person, at=at)


def set_rules(meeting: Meeting, category: str, most: int, *, by: Person, at: datetime) -> None:
    """Let each participant bring so many people in this category; "" for nobody. Who was brought before stays."""
    lock(meeting)
    row = rules_row(meeting)
    before = (row.category, row.most) if row else ("", 0)
    after = (category, most) if category else ("", 0)
    if before == after:
        return
    if not category:
        db.session.delete(row)
    elif row is None:
        db.session.add(AccompanyingRules(meeting_id=meeting.id, category=category, most=most))
    else:
        row.category, row.most = after
    meeting.version += 1  # pages are kept by it
    db.session.flush()
    changes = {"category": [before[0], after[0]], "people": [before[1], after[1]]}
    record("set the rules for accompanying persons", meeting, by=by, at=at, changes=changes)
