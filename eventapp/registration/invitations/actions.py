"""Inviting people and groups, and what they make of it. The meeting's row is the lock: under it uses are counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.exc import NoResultFound

from eventapp.ground.db import db, lock
from eventapp.ground.jobs.waking import wake
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import end, issue, link_for_letter
from eventapp.mail.actions import post
from eventapp.meetings.models import Category, Meeting
from eventapp.people.addresses import address_of
from eventapp.people.models import Person
from eventapp.registration.actions import confirm
from eventapp.registration.application import Application
from eventapp.registration.invitations import mails
from eventapp.registration.invitations.models import LINK, Invitation
from eventapp.registration.invitations.queries import (
    invited_already,
    keep_back,
    registration_by,
    release_drafts,
    to_remind,
    unwritten,
    uses_of,
)
from eventapp.registration.models import UNCONFIRMED, Registration, Upload
from eventapp.registration.queries import grounds
from eventapp.registration.register import key_of, register_new

A_TIME = 10  # letters written under one lock


@dataclass(frozen=True)
class Guest:
    """Somebody to invite."""

    given_name: str
    family_name: str
    email: str


@dataclass(frozen=True)
class Terms:
    """As what they come, and whether an organizer decides."""

    category: Category
    skips_approval: bool = False
    language: str = "en"


def invite(meeting: Meeting, guests: Sequence[Guest], terms: Terms, *, by: Person, at: datetime) -> list[Invitation]:
    """Ask each of these by a letter to register; an address that is invited already is passed over.

    Refused once registration is over.
    """
    lock(meeting)
    refuse_over(meeting, at)
    there, made = invited_already(meeting, [address_of(one.email) for one in guests]), list[Invitation]()
    for one in guests:
        email = address_of(one.email)
        if email in there:
            continue
        there.add(email)
        facts = {"given_name": one.given_name, "family_name": one.family_name, "email": email, "posted_at": at}
        made.append(new_row(meeting, terms, by=by, at=at, **facts))
    db.session.flush()
    for invitation in made:
        post(mails.invited(invitation, token=issue(LINK, invitation, meeting_id=meeting.id, at=at)), at=at)
    if made:
        record("invited to register", meeting, by=by, at=at, people=len(made))
    return made


def send_drafts(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Let the worker write to everybody whose invitation is a draft. Returns to how many.

    Refused once registration is over.
    """
    lock(meeting)
    refuse_over(meeting, at)
    count = release_drafts(meeting, at)
    if count:
        wake()
        record("invited to register", meeting, by=by, at=at, people=count)
    return count


def stop_letters(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Make drafts again of all that wait for their letter. Returns how many. What is written is on its way."""
    lock(meeting)
    count = keep_back(meeting)
    if count:
        record("stopped letters of invitations", meeting, by=by, at=at, people=count)
    return count


def write_next(at: datetime) -> list[int] | None:
    """Write the next letters of invitations that wait for theirs. Returns which; None where another worker has them.

    Where registration is over by now they are drafts again.
    """
    found = db.session.scalars(unwritten().limit(A_TIME).with_for_update(skip_locked=True, of=Invitation)).all()
    for one in found:
        if at >= one.meeting.registration_ends_at or one.meeting.closed_at is not None:
            one.is_draft = True
            continue
        one.posted_at = at
        token = link_for_letter(LINK, one, meeting_id=one.meeting_id, at=at)
        post(mails.invited(one, token=token), at=at)
    return [one.id for one in found] or None


def open_group(
    meeting: Meeting, name: str, most_uses: int, terms: Terms, *, by: Person, at: datetime, code: str | None = None
) -> Invitation:
    """Make a link by which so many people may register, and the code to type instead. Refused once registration is
    over.
    """
    lock(meeting)
    refuse_over(meeting, at)
    made = new_row(meeting, terms, by=by, at=at, family_name=name, most_uses=most_uses, code=code)
    db.session.flush()
    issue(LINK, made, meeting_id=meeting.id, at=at)
    record("invited a group to register", meeting, by=by, at=at, name=name, places=most_uses)
    return made


def new_row(meeting: Meeting, terms: Terms, *, by: Person, at: datetime, **facts: object) -> Invitation:
    """An invitation with these facts, and no letter yet."""
    row = Invitation(
        meeting=meeting,
        category=terms.category,
        skips_approval=terms.skips_approval,
        language=terms.language,
        invited_at=at,
        invited_by_id=by.id,
        **facts,
    )
    db.session.add(row)
    return row


def remind(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Write again to those who have not answered and heard nothing for a day. Returns to how many."""
    lock(meeting)
    refuse_over(meeting, at)
    found = to_remind(meeting, at)
    for invitation in found:
        invitation.reminded_at = at
        token = link_for_letter(LINK, invitation, meeting_id=meeting.id, at=at)
        post(mails.invited(invitation, token=token), at=at)
    if found:
        record("reminded of invitations", meeting, by=by, at=at, people=len(found))
    return len(found)


def end_invitation(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Let nobody register by it any more; who has registered stays."""
    lock(invitation.meeting)
    hold(invitation)
    if invitation.ended_at is not None:
        return
    invitation.ended_at = at
    end(LINK, invitation, at=at)
    record("ended an invitation", invitation.meeting, by=by, at=at, name=invitation.name)


def decline_invitation(invitation: Invitation, *, at: datetime) -> None:
    """They do not come. Saying so twice is no fault; nothing happens where they have registered.

    Refused once the meeting is closed.
    """
    lock(invitation.meeting)
    hold(invitation)
    if invitation.meeting.closed_at is not None:
        refuse_over(invitation.meeting, at)
    if not invitation.is_personal or invitation.declined_at is not None or registration_by(invitation):
        return
    invitation.declined_at = at
    record("declined an invitation", invitation.meeting, by=None, at=at, name=invitation.name)


def register_by(
    invitation: Invitation,
    application: Application,
    *,
    key: str,
    at: datetime,
    language: str,
    files: Sequence[Upload] = (),
) -> Registration:
    """Register somebody who came by this invitation, as its type of participant.

    By a personal one the address is that of the invitation, and confirmed. Refused where the uses of a group are all
    taken, the invitation was ended, or registration is over. The same form sent again is the same registration.
    """
    meeting = invitation.meeting
    lock(meeting)
    hold(invitation)
    email = invitation.email or application.email
    application = replace(application, category=invitation.category.code, email=email)
    key = key_of(key, meeting, application, files)
    known = grounds(meeting, application, key=key)
    if known.registered:
        return db.session.get_one(Registration, known.registered)
    refuse_used_up(invitation, at)
    registration = register_new(
        meeting, application, known, key=key, at=at, language=language, files=files, invited=invitation
    )
    if invitation.is_personal:
        invitation.declined_at = None
        registration.invitation_id = registration.invitation_id or invitation.id
        if registration.state == UNCONFIRMED:
            confirm(registration, at=at)
    return registration


def hold(invitation: Invitation) -> None:
    """Hold it, where its meeting is held. Refused where it was deleted meanwhile: the days of the meeting are over."""
    meeting = invitation.meeting
    try:
        lock(invitation)
    except NoResultFound as gone:
        raise Refused(_("This invitation was ended. Write to %(mail)s.", mail=meeting.contact_email)) from gone


def refuse_over(meeting: Meeting, at: datetime) -> None:
    """Refused once registration has ended."""
    if at >= meeting.registration_ends_at:
        raise Refused(_("Registration for this meeting is closed. Write to %(mail)s.", mail=meeting.contact_email))


def refuse_used_up(invitation: Invitation, at: datetime) -> None:
    """Refused where nobody may register by this invitation any more. The meeting is locked."""
    if invitation.ended_at is not None:
        raise Refused(_("This invitation was ended. Write to %(mail)s.", mail=invitation.meeting.contact_email))
    refuse_over(invitation.meeting, at)
    if invitation.most_uses is not None and uses_of(invitation) >= invitation.most_uses:
        raise Refused(
            _(
                "This link was used as often as it may be (%(most)s). Write to %(mail)s.",
                most=invitation.most_uses,
                mail=invitation.meeting.contact_email,
            )
        )
