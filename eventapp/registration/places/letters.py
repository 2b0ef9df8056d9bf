"""The letter that says what became of a request. It may be written before anything is held.

To write it takes a third of what a confirmation does, and everybody who registers for the meeting waits meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime

from eventapp.links.queries import secret_for_letter
from eventapp.mail.models import Letter
from eventapp.registration import mails
from eventapp.registration.entry import OWN
from eventapp.registration.models import APPROVED, PENDING, UNCONFIRMED, WAITING, Registration

REPLIES = {APPROVED: mails.approved, PENDING: mails.received, WAITING: mails.waiting_listed}
Addressee = tuple[int, str, str, str]


@dataclass(frozen=True)
class Ready:
    """A letter that was written before anything was held, to who comes into this state and is who they were then."""

    state: str
    addressee: Addressee
    letter: Letter


def ready_for(registration: Registration, *, at: datetime) -> Ready | None:
    """Write the letter that answers a confirmation most often; None where nothing is confirmed any more.

    What it says of the meeting is what was true then, a moment before.
    """
    token = secret_for_letter(OWN, registration, at=at) if registration.state_now(at) == UNCONFIRMED else None
    if token is None:  # a new one is made while the registration is held
        return None
    if registration.category.needs_approval:
        return Ready(PENDING, addressee_of(registration), mails.received(registration, token=token))
    return Ready(APPROVED, addressee_of(registration), mails.approved(registration, token=token))


def reply(registration: Registration, ready: Ready | None = None) -> Letter:
    """The letter that tells its state: the one that is `ready` where that is the state and they are who they were."""
    if ready and (ready.state, ready.addressee) == (registration.state, addressee_of(registration)):
        return ready.letter
    return REPLIES[registration.state](registration)


def addressee_of(registration: Registration) -> Addressee:
    """By what a letter to somebody is another one; no decision about them changes it."""
    person = registration.person
    return registration.category_id, registration.record_name, person.email, person.language
