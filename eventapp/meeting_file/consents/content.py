"""From the consents of a meeting to the entries of a file, and back."""

from collections.abc import Sequence
from datetime import datetime

from eventapp.meeting_file.consents.entries import ConsentEntry
from eventapp.meetings.consents.actions import reword_consents
from eventapp.meetings.consents.queries import consents_of
from eventapp.meetings.consents.words import SHIPPED
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person


def entries_of_consents(meeting: Meeting) -> tuple[ConsentEntry, ...]:
    """What a file says of the consents of this meeting: nothing of a language that has the shipped words."""
    return tuple(ConsentEntry(language=one.language, **one.texts) for one in consents_of(meeting.id) if one.texts)


def set_consents(meeting: Meeting, entries: Sequence[ConsentEntry], *, by: Person | None, at: datetime) -> None:
    """Ask for consent in the words that a file says; in the shipped ones in a language that it leaves out."""
    listed = {one.language: {name: getattr(one, name) for name in SHIPPED} for one in entries}
    for language in {*listed, *(one.language for one in consents_of(meeting.id))}:
        reword_consents(meeting, language, listed.get(language, {}), by=by, at=at)
