from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.people.models import Person
from eventapp.record.confirmations.models import Confirmation


def confirmation(asked: Confirmation, person: Person, *, token: str) -> Letter:
    """To a moderator or speaker: read the notes that concern you, confirm, correct or object."""
    return about_link("record/mail/confirmation.txt", asked, person, token)


def reminder(asked: Confirmation, person: Person, *, token: str) -> Letter:
    """To the same, once, some hours before the link ends."""
    return about_link("record/mail/reminder.txt", asked, person, token)


def about_link(template: str, asked: Confirmation, person: Person, token: str) -> Letter:
    session, about = asked.session, f"confirmation:{asked.id}"
    words = {"session": session, "name": asked.name, "expires_at": asked.expires_at, "token": token}
    return letter(template, session.meeting, person, words, about=about)
