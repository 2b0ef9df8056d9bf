from datetime import datetime

from flask_babel import force_locale

from eventapp.ground.text.dates import moment
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address
from eventapp.registration.entry import own_token
from eventapp.registration.mails import letter
from eventapp.registration.models import Registration
from eventapp.registration.offers.models import Offer


def place_offered(offer: Offer) -> Letter:
    """A place is there until the deadline; a page of their own takes the answer."""
    registration = offer.registration
    link = address(f"registrations/{own_token(registration)}/offer")
    return letter("place_offered", registration, until=until_of(offer), link=link)


def offer_ended(offer: Offer) -> Letter:
    """The deadline is over without an answer; how to come back."""
    return letter("offer_ended", offer.registration, until=until_of(offer))


def offer_deadline(offer: Offer, before: datetime) -> Letter:
    """An organizer set another deadline; the same page takes the answer."""
    registration = offer.registration
    link = address(f"registrations/{own_token(registration)}/offer")
    then = in_words(before, registration)
    return letter("offer_deadline", registration, until=until_of(offer), before=then, link=link)


def until_of(offer: Offer) -> str:
    """The deadline in the language of the person, with its zone."""
    return in_words(offer.expires_at, offer.registration)


def in_words(at: datetime, registration: Registration) -> str:
    with force_locale(registration.person.language):
        return moment(at, registration.meeting.zone)
