"""The pages of a file become those of the meeting. No page is deleted by a file: it would take its pictures along."""

from collections.abc import Iterator
from datetime import datetime

from eventapp.ground.text.i18n import _
from eventapp.information.actions import add_page, change_page, move_page
from eventapp.information.queries import pages_of
from eventapp.meeting_file.information.entries import content_in
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person

Found = tuple[int, str]  # line, what to do


def set_pages(meeting: Meeting, file: MeetingFile, *, by: Person | None, at: datetime) -> None:
    """Write every page as the file has it, in its order. The meeting is locked, and nothing speaks against it."""
    rows = {page.slug: page for page in pages_of(meeting, drafts=True)}
    for entry in file.information:
        row = rows.get(entry.slug)
        content = content_in(entry, file.languages, row.texts if row else {})
        if row is None:
            rows[entry.slug] = add_page(meeting, content, by=by, at=at)
        elif content.texts != row.texts or content.is_published != (row.published_at is not None):
            change_page(row, content, row.version, by=by, at=at)
    for place, entry in enumerate(file.information):
        move_page(rows[entry.slug], place, by=by, at=at)


def objections_to_pages(meeting: Meeting, file: MeetingFile) -> Iterator[Found]:
    """The pages that the file leaves out."""
    listed = {entry.slug for entry in file.information}
    for page in pages_of(meeting, drafts=True):
        if page.slug not in listed:
            words = _("Page %(slug)s is not in the file. Keep it there; Settings can remove it.", slug=page.slug)
            yield file.place.of("information"), words
