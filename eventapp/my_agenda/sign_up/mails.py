from flask_babel import force_locale

from eventapp.agenda.mails import place_of, session_in_words
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address
from eventapp.my_agenda.models import SignUp
from eventapp.registration.entry import own_token
from eventapp.registration.mails import letter


def place_in_session(signed: SignUp) -> Letter:
    """Tells who stood in line that a place in the session is theirs, and where to give it back."""
    registration = signed.registration
    with force_locale(registration.person.language):
        words = {**session_in_words(signed.session), "place": place_of(signed.session)}
    link = address(f"registrations/{own_token(registration)}/agenda")
    return letter("place_in_session", registration, **words, link=link)
