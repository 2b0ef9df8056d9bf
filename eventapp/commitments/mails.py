from flask import current_app

from eventapp.commitments.register import Commitment
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from eventapp.people.models import Person


def reminder(one: Commitment, person: Person, *, is_late: bool) -> Letter:
    """Reminds the owner of a commitment of the day it was promised for, and asks what became of it."""
    meeting = one.meeting
    return compose(
        "commitments/mail/reminder.txt",
        to=person.email,
        to_name=person.name,
        language=person.language,
        about=f"note:{one.note.id}",
        meeting_id=meeting.id,
        meeting_name=meeting.short_title,
        illustrative=meeting.illustrative,
        contact=meeting.contact_email,
        meeting=meeting,
        note=one.note,
        due_on=one.due_on,
        person=person,
        is_late=is_late,
        page=f"{current_app.config['BASE_URL']}/commitments?meeting={meeting.slug}",
    )
