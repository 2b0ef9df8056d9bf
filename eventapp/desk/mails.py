from eventapp.mail.models import Letter
from eventapp.meetings.mails import address, letter
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, STEWARD, Staff

PAGES = {ORGANIZER: "manage/", RAPPORTEUR: "record", STEWARD: "door"}  # where the work of each role begins


def role_granted(staff: Staff) -> Letter:
    """Tells somebody of a role at a meeting, and where its work begins. The letter has the name of the role."""
    page = address(f"meetings/{staff.meeting.slug}/{PAGES[staff.role]}")
    words = {"link": page, "email": staff.person.email}
    return letter(staff.role, staff.meeting, staff.person, words, about=f"person:{staff.person_id}")
