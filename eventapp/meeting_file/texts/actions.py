"""What a file says in other languages becomes what the meeting and its parts say in them."""

from collections.abc import Iterable
from datetime import datetime

from eventapp.meeting_file.schema import MeetingFile
from eventapp.meeting_file.texts.entries import Texts
from eventapp.meeting_file.texts.words import words_in
from eventapp.meetings.actions import name_of_part
from eventapp.meetings.models import Meeting
from eventapp.meetings.texts import change_texts
from eventapp.meetings.worded import Worded
from eventapp.people.models import Person

PARTS = ("bodies", "rooms", "kinds", "categories", "documents")


def set_texts(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    """Bring every text of the meeting and its parts in another language to what the file says.

    One that it does not name is taken away.
    """
    rows: dict[tuple[str, str], Worded] = {
        (name, name_of_part(row)): row for name in PARTS for row in getattr(meeting, name)
    }
    set_texts_of(meeting, file.texts, meeting=meeting, by=by, at=at)
    for name in PARTS:
        for one in getattr(file, name):
            set_texts_of(rows[name, one.key], one.texts, meeting=meeting, by=by, at=at)


def set_texts_of(row: Worded, entries: Iterable[Texts], *, meeting: Meeting, by: Person | None, at: datetime) -> None:
    """The same of one row."""
    meant = {one.language: words_in(one) for one in entries}
    for tongue in sorted(row.texts.keys() | meant.keys()):
        if row.texts.get(tongue, {}) != meant.get(tongue, {}):
            words = {**dict.fromkeys(row.in_languages), **meant.get(tongue, {})}
            change_texts(row, tongue, words, meeting=meeting, by=by, at=at)
