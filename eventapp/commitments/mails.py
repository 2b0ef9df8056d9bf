from flask import current_app

from eventapp.commitments.register import Commitment
from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.people.models import Person


def reminder(one: Commitment, person: Person, *, is_late: bool) -> Letter:
    """Reminds the owner of a commitment of the day it was promised for, and asks what became of it."""
    meeting = one.meeting
    page = f"{current_app.config['BASE_URL']}/commitments?meeting={meeting.slug}"
    words = {"note": one.note, "due_on": one.due_on, "person": person, "is_late": is_late, "page": page}
    return letter("commitments/mail/reminder.txt", meeting, person, words, about=f"note:{one.note.id}")
