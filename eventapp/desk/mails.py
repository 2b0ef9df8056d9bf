from flask import current_app

from eventapp.mail.models import Letter
from eventapp.meetings.mails import letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Staff

PAGES = {ORGANIZER: "manage/", RAPPORTEUR: "record", STEWARD: "door"}  # where the work of each role begins


def role_granted(staff: Staff) -> Letter:
    """Tells somebody of a role at a meeting, and where its work begins."""
    page = f"{current_app.config['BASE_URL']}/meetings/{staff.meeting.slug}/{PAGES[staff.role]}"
    words = {"role": staff.role, "page": page, "name": staff.person.name, "email": staff.person.email}
    return letter("desk/mail/role_granted.txt", staff.meeting, staff.person, words, about=f"person:{staff.person_id}")
