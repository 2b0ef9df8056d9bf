"""Asking a presenter for a card, by a letter with a link."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.drafts.actions import prepare
from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.links.actions import end as end_links
from eventapp.links.actions import link_for_letter
from eventapp.mail.actions import post
from eventapp.mail.models import Letter
from eventapp.meetings.models import Meeting
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.practices import mails
from eventapp.practices.actions import slot_of
from eventapp.practices.content import KINDS, Practice
from eventapp.practices.models import LINK, Card
from eventapp.practices.queries import next_number, open_card_of
from eventapp.record.progress import is_cleared

REMIND_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Invitation:
    """Whom to ask for a card, about which session, as what kind of note."""

    session: Session
    kind: str
    name: str
    email: str
    organization: str = ""
    country: str = ""
    role: SpeakingRole | None = None


def content_before(wanted: Invitation, person: Person) -> Practice:
    """What stands on a card before anybody typed on it."""
    return Practice(
        owner=wanted.organization,
        country=wanted.country,
        contact_name=wanted.name,
        contact_email=person.email,
        language=person.language,
    )


def invite(
    meeting: Meeting, wanted: Invitation, *, by: Person | None, at: datetime, language: str = "en"
) -> tuple[Card, str]:
    """Ask a presenter for a card, by a letter with a link. Returns the card and the secret of the link.

    Refused where this person has an open card for the session already, or the session was cancelled or is cleared.
    """
    lock(meeting)  # numbers have no gaps and no twins
    invitable(wanted)
    person = know(wanted.name, wanted.email, at=at, language=language)
    older = open_card_of(wanted.session, person)
    if older is not None:
        raise Refused(
            _(
                "%(name)s has a card for this session already: %(ref)s. Remind them instead.",
                name=older.name,
                ref=older.reference,
            )
        )
    begun = content_before(wanted, person)
    card = Card(
        meeting=meeting,
        number=next_number(meeting),
        session=wanted.session,
        role=wanted.role,
        person=person,
        name=wanted.name,
        kind=wanted.kind,
        invited_at=at,
        invited_by_id=by.id if by else None,
        illustrative=bool(wanted.role and wanted.role.illustrative),
    )
    db.session.add(card)
    db.session.flush()
    prepare(slot_of(card), begun.content(), at=at)
    token = send_link(card, mails.invitation, at=at)
    record(
        "invited to fill a card", card, by=by, at=at, meeting_id=meeting.id, reference=card.reference, name=card.name
    )
    return card, token


def invitable(wanted: Invitation) -> None:
    if wanted.session.cancelled_at or wanted.kind not in KINDS:
        raise Refused(_("This session was cancelled. Choose another one."))
    if is_cleared(wanted.session):
        raise Refused(too_late_for(wanted.session))


def remind(card: Card, *, by: Person | None, at: datetime) -> str:
    """Write to the presenter again, with the link. Returns its secret.

    Refused for a card that was sent or ended, once its session is cleared, and within an hour of the letter before.
    """
    lock(card)
    if card.ended_at or card.sent_at:
        raise Refused(_("%(ref)s was sent or ended: there is nothing to remind of.", ref=card.reference))
    if is_cleared(card.session):
        raise Refused(too_late_for(card.session))
    if at - (card.reminded_at or card.invited_at) < REMIND_AFTER:
        raise Refused(_("%(name)s was written to within the last hour. Give them a little time.", name=card.name))
    card.reminded_at = at
    token = send_link(card, mails.reminder, at=at)
    record("reminded of a card", card, by=by, at=at, reference=card.reference)
    return token


def too_late_for(session: Session) -> str:
    return _("Session %(code)s is cleared: a card of it could not be sent any more.", code=session.code)


def send_link(card: Card, letter: Callable[..., Letter], *, at: datetime) -> str:
    token = link_for_letter(LINK, card, meeting_id=card.meeting_id, at=at)
    post(letter(card, token=token), at=at)
    return token


def end(card: Card, *, by: Person | None, at: datetime) -> None:
    """Stop every link to this card; what was sent stays. Ending it twice is no fault."""
    lock(card)
    if card.ended_at:
        return
    card.ended_at = at
    end_links(LINK, card, at=at)
    record("ended a card", card, by=by, at=at, reference=card.reference)
