"""Who may open the files of a document."""

from eventapp.documents.kinds import PUBLIC
from eventapp.documents.queries import has_place
from eventapp.meetings.models import STAFF_ROLES, Document, Meeting
from eventapp.meetings.queries import holds_role
from eventapp.people.models import Person
from eventapp.people.rules import administer


def open_papers(person: Person | None, meeting: Meeting) -> bool:
    """Whoever has a place at the meeting, its staff, and administrators."""
    return person is not None and (
        holds_role(person, meeting, *STAFF_ROLES) or has_place(person, meeting) or administer(person)
    )


def open_document(person: Person | None, document: Document) -> bool:
    """Everybody where it is public; else whoever has a place at the meeting, its staff, and administrators."""
    return document.audience == PUBLIC or open_papers(person, document.meeting)
