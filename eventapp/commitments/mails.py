from flask_babel import force_locale

from eventapp.commitments.register import Commitment
from eventapp.ground.text.dates import day
from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.people.models import Person


def reminder(one: Commitment, person: Person, *, is_late: bool) -> Letter:
    """Reminds the owner of a commitment of the day it was promised for, and asks what became of it."""
    with force_locale(person.language):
        due = day(one.due_on) if one.due_on else ""
    page = address(f"commitments?meeting={one.meeting.slug}")
    words = {"commitment": one.note.current.text, "due": due, "link": page}
    name = "commitment_late" if is_late else "commitment_due"
    return letter(name, one.meeting, person, words, about=f"note:{one.note.id}")
