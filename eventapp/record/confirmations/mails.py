from flask_babel import force_locale

from eventapp.agenda.mails import session_in_words
from eventapp.ground.text.dates import moment
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.people.models import Person
from eventapp.record.confirmations.models import Confirmation


def confirmation(asked: Confirmation, person: Person, *, token: str) -> Letter:
    """To a moderator or speaker: read the notes that concern you, confirm, correct or object."""
    return about_link("confirmation", asked, person, token)


def reminder(asked: Confirmation, person: Person, *, token: str) -> Letter:
    """To the same, once, some hours before the link ends."""
    return about_link("confirmation_reminder", asked, person, token)


def about_link(name: str, asked: Confirmation, person: Person, token: str) -> Letter:
    meeting = asked.session.meeting
    with force_locale(person.language):
        words = {**session_in_words(asked.session), "until": moment(asked.expires_at, meeting.zone)}
    words["link"] = address(f"confirmations/{token}")
    return letter(name, meeting, person, words, about=f"confirmation:{asked.id}", called=asked.name)
