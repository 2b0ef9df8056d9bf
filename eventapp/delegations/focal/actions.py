"""Inviting a focal point, and what one does with the people of the delegation."""

from datetime import datetime

from flask_babel import force_locale

from eventapp.delegations.focal import mails
from eventapp.delegations.focal.queries import LINK, categories_for, focal_points_of, member_of
from eventapp.delegations.queries import COMING, members_of
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import end, issue
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.actions import know
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.registration import mails as registration_mails
from eventapp.registration.actions import withdraw
from eventapp.registration.decisions.actions import decline
from eventapp.registration.models import PENDING, WAITING, Delegation, DelegationFocalPoint, Registration
from eventapp.registration.nominated.actions import Nominee, change_nominee, nominate, vouch_for
from eventapp.registration.nominated.queries import nominations_end_at
from eventapp.registration.places.actions import hold
from eventapp.registration.register import sent_by

UP, DOWN = -1, 1


def add_delegation(meeting: Meeting, name: str, country: str) -> Delegation:
    """The delegation of this name, added where nobody has come for it yet."""
    lock(meeting)
    found = sent_by(meeting, name, country)
    db.session.flush()
    return found


def invite_focal_point(
    delegation: Delegation, name: str, email: str, *, language: str, by: Person, at: datetime
) -> DelegationFocalPoint:
    """Ask somebody by a letter with a link to nominate the people of this delegation.

    Refused where this address is invited already, and once the meeting is over.
    """
    meeting = delegation.meeting
    lock(meeting)
    refuse_over(meeting, at)
    same = address_of(email)
    if any(one.ended_at is None and one.person.email == same for one in focal_points_of(delegation)):
        raise Refused(_("%(email)s is invited already. Send a new link instead.", email=email))
    person = know(name, email, at=at, language=language)
    focal = DelegationFocalPoint(delegation=delegation, person=person, name=name, invited_at=at, invited_by_id=by.id)
    db.session.add(focal)
    db.session.flush()
    record("invited a focal point", delegation, by=by, at=at, name=name, email=same)
    write_with_link(focal, at=at)
    return focal


def send_new_link(focal: DelegationFocalPoint, *, by: Person, at: datetime) -> None:
    """Write to a focal point anew; the link of before ends. Refused for one who was ended."""
    lock(focal.delegation.meeting)
    lock(focal)
    if focal.ended_at is not None:
        raise Refused(_("%(name)s is not focal point any more. Invite the address again.", name=focal.name))
    end(LINK, focal, at=at, is_replaced=True)
    record("sent a focal point a new link", focal.delegation, by=by, at=at, name=focal.name)
    write_with_link(focal, at=at)


def end_focal_point(focal: DelegationFocalPoint, *, by: Person, at: datetime) -> None:
    """Let somebody nominate no more; whom they nominated stays."""
    lock(focal.delegation.meeting)
    lock(focal)
    if focal.ended_at is not None:
        return
    focal.ended_at = at
    end(LINK, focal, at=at)
    record("ended a focal point", focal.delegation, by=by, at=at, name=focal.name)


def write_with_link(focal: DelegationFocalPoint, *, at: datetime) -> None:
    token = issue(LINK, focal, meeting_id=focal.meeting_id, at=at)
    post(mails.invitation(focal, token=token), at=at)


def nominate_one(
    focal: DelegationFocalPoint, nominee: Nominee, *, key: str, at: datetime, language: str, instead: str = ""
) -> Registration:
    """Nominate somebody, or replace by them whoever has the number `instead`, who leaves. Sent twice, it is done once.

    Refused where it is too late, where the delegation has no place left, and as nominate() is.
    """
    delegation = act_for(focal, at=at)
    refuse_late(delegation.meeting, at)
    if nominee.category not in {one.code for one in categories_for(delegation)}:
        raise Refused(_("People of this delegation cannot be nominated as this type of participant."))
    leaving = find(focal, instead) if instead else None
    if leaving and not comes(leaving):
        leaving = None
    by = focal.person
    registration = nominate(delegation, nominee, key=key, by=by, at=at, language=language, beside=leaving)
    if leaving:
        record("replaced", leaving, by=by, at=at, reference=registration.reference)
        withdraw(leaving, by=by, at=at)
    return registration


def change_one(focal: DelegationFocalPoint, reference: str, nominee: Nominee, *, at: datetime) -> None:
    """Put right what the focal point said of somebody, or give them another role. Refused as change_nominee() is."""
    act_for(focal, at=at)
    registration = find(focal, reference)
    change_nominee(registration, nominee, by=focal.person, at=at)


def withdraw_one(focal: DelegationFocalPoint, reference: str, *, at: datetime) -> None:
    """Take somebody out of the delegation, who reads so in a letter. Done twice, it is done once."""
    act_for(focal, at=at)
    registration = find(focal, reference)
    if comes(registration):
        withdraw(registration, by=focal.person, at=at)


def vouch_for_one(focal: DelegationFocalPoint, reference: str, *, at: datetime) -> None:
    """Say that somebody who registered by themselves is of the delegation. Refused as vouch_for() is."""
    act_for(focal, at=at)
    registration = find(focal, reference)
    if comes(registration):
        vouch_for(registration, by=focal.person, at=at)


def disown_one(focal: DelegationFocalPoint, reference: str, *, at: datetime) -> None:
    """Say that somebody who registered by themselves is not of the delegation: they are refused, and read why.

    Nothing happens to those who were nominated or confirmed, or have a place.
    """
    act_for(focal, at=at)
    registration = find(focal, reference)
    if registration.vouched_at is not None or registration.state not in (PENDING, WAITING):
        return
    with force_locale(registration.person.language):
        reason = _(
            "The focal point of %(delegation)s does not know you as a member.", delegation=focal.delegation.label
        )
    decline(registration, reason, by=focal.person, at=at)


def remind_one(focal: DelegationFocalPoint, reference: str, *, at: datetime) -> None:
    """Write to somebody again who has not confirmed. Refused for others."""
    act_for(focal, at=at)
    registration = find(focal, reference)
    hold(registration)
    if not registration.is_nominated:
        raise Refused(_("%(name)s has answered already.", name=registration.record_name))
    record("reminded", registration, by=focal.person, at=at)
    post(registration_mails.nominated(registration), at=at)


def move_one(focal: DelegationFocalPoint, reference: str, step: int, *, at: datetime) -> None:
    """Put somebody before or behind the next of the same role. At the end of the line nothing moves."""
    delegation = act_for(focal, at=at)
    moved = find(focal, reference)
    line = [one for one in members_of(delegation) if one.delegation_role == moved.delegation_role]
    places = [one.id for one in line]
    if moved.id not in places:
        return
    here = places.index(moved.id)
    there = here + step
    if not 0 <= there < len(line):
        return
    line[here], line[there] = line[there], line[here]
    for position, one in enumerate(line, 1):
        one.position = position
    db.session.flush()
    record("put in order", moved, by=focal.person, at=at, position=there + 1)


def act_for(focal: DelegationFocalPoint, *, at: datetime) -> Delegation:
    """The delegation, held until the transaction ends.

    Refused where the focal point was ended meanwhile, and once the meeting is over.
    """
    lock(focal.delegation.meeting)
    lock(focal)
    db.session.refresh(focal.delegation)
    if focal.ended_at is not None:
        raise Refused(_("You are not focal point of this delegation any more. Nothing was changed."))
    refuse_over(focal.delegation.meeting, at)
    return focal.delegation


def refuse_over(meeting: Meeting, at: datetime) -> None:
    """Refused once the meeting is over or closed."""
    if meeting.closed_at is not None or meeting.has_ended(at):
        raise Refused(_("The meeting is over. Write to %(mail)s.", mail=meeting.contact_email))


def refuse_late(meeting: Meeting, at: datetime) -> None:
    """Refused once nominations are taken no more."""
    if at >= nominations_end_at(meeting):
        raise Refused(_("Nominations are taken no more. Write to %(mail)s.", mail=meeting.contact_email))


def find(focal: DelegationFocalPoint, reference: str) -> Registration:
    """This person of the delegation. Refused for anybody else."""
    found = member_of(focal.delegation, reference)
    if found is None:
        raise Refused(_("Nobody of your delegation has the number %(number)s.", number=reference))
    return found


def comes(registration: Registration) -> bool:
    """Whether this person asks for a place, has one or is nominated for one."""
    return registration.is_nominated or registration.state in COMING
