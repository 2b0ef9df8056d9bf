"""Documents as a page lists them: each with its files, the reader's language first, and who may open it."""

from collections.abc import Sequence
from dataclasses import dataclass

from eventapp.agenda.models import Session
from eventapp.agenda.queries import released
from eventapp.agenda.releases.content import PublishedSession
from eventapp.documents.kinds import DOCUMENT_KINDS, PUBLIC
from eventapp.documents.models import DocumentFile
from eventapp.documents.queries import files_of, places_of
from eventapp.documents.rules import open_papers
from eventapp.ground.text.i18n import _, language
from eventapp.meetings.models import Document, Meeting
from eventapp.meetings.rules import run_meeting
from eventapp.people.models import Person

KILOBYTE = 1024


@dataclass(frozen=True)
class ShownDocument:
    """One document: its newest files, its session if it has one, and whether whoever reads the page may open it."""

    row: Document
    files: tuple[DocumentFile, ...]
    session: Session | PublishedSession | None
    is_open: bool
    sub_item: int | None = None  # the key of the item of the running order that it is for

    @property
    def kind(self) -> str:
        """What it is, in the reader's language."""
        return DOCUMENT_KINDS[self.row.kind].label if self.row.kind in DOCUMENT_KINDS else ""

    @property
    def heading(self) -> str:
        """What it is listed under: its agenda item, else its kind."""
        return _("Item %(number)s", number=self.row.agenda_item) if self.row.agenda_item else self.kind


def shown(meeting: Meeting, documents: Sequence[Document], person: Person | None) -> list[ShownDocument]:
    """These documents as this person sees them, in their order."""
    opens_all = any(one.audience != PUBLIC for one in documents) and open_papers(person, meeting)
    return shown_where(meeting, documents, plans=run_meeting(person, meeting), opens=opens_all)


def shown_where(meeting: Meeting, documents: Sequence[Document], *, plans: bool, opens: bool) -> list[ShownDocument]:
    """These documents as somebody sees them who `opens` all of them or those for everybody.

    The session of each that has one: for who `plans` as it is, for all others as it was released, if it was.
    """
    if not documents:
        return []
    files, places = files_of(documents), places_of(documents)
    agenda = released(meeting) if places and not plans else None
    public = agenda.by_code if agenda else {}
    found = []
    for one in documents:
        place = places.get(one.id)
        session = (place.session if plans else public.get(place.session.code)) if place else None
        may = one.audience == PUBLIC or opens
        found.append(ShownDocument(one, in_order(files[one.id]), session, may, place.sub_item if place else None))
    return found


def in_order(files: Sequence[DocumentFile]) -> tuple[DocumentFile, ...]:
    """Files by language, the reader's first."""
    mine = language()
    return tuple(sorted(files, key=lambda file: (file.language != mine, file.language)))


def grouped(documents: Sequence[ShownDocument]) -> list[tuple[str, list[ShownDocument]]]:
    """The documents under their headings; a heading stands where its first document does."""
    groups: dict[str, list[ShownDocument]] = {}
    for one in documents:
        groups.setdefault(one.heading, []).append(one)
    return list(groups.items())


def size_in_words(size: int) -> str:
    """How large a file is, as people say it: 840 kB, 1.2 MB."""
    if size < KILOBYTE * KILOBYTE:
        return _("%(size)s kB", size=max(1, round(size / KILOBYTE)))
    return _("%(size)s MB", size=f"{size / KILOBYTE / KILOBYTE:.1f}")
