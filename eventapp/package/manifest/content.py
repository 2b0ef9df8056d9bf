"""What a package says. The dataclasses are its schema: `docs/package-format.md` describes each member for readers."""

from dataclasses import dataclass, field
from datetime import date, datetime

from eventapp.ground.db.types import Record
from eventapp.ground.exact import SOMETIMES
from eventapp.package.export import place
from eventapp.package.export.more import More
from eventapp.package.manifest.delegations import Delegation
from eventapp.package.manifest.inputs import Card, Input
from eventapp.package.manifest.manifest import SCHEMA_VERSION, Counts
from eventapp.package.manifest.notes import Note
from eventapp.package.manifest.papers import DocumentFile, Page
from eventapp.package.manifest.questions import Answer, Question
from eventapp.package.manifest.summaries import Summary

LEVELS = PUBLIC, ARCHIVE = "public", "archive"


@dataclass(frozen=True)
class Meeting:
    """The meeting itself; days are those of its own zone."""

    slug: str
    title: str
    short_title: str
    symbol: str
    starts_on: date
    ends_on: date
    zone: str
    city: str
    country: str
    venue: str
    address: str
    organization: str
    mandate: tuple[str, ...]
    purpose: tuple[str, ...]
    objectives: tuple[str, ...]
    content_blocks: tuple[str, ...]
    outcomes_go_to: tuple[str, ...]
    languages: tuple[str, ...]
    illustrative: str | None
    capacity: int
    registration_opens_at: datetime
    registration_closes_at: datetime
    bodies: tuple[place.Body, ...]
    rooms: tuple[place.Room, ...]
    categories: tuple[place.Category, ...]
    kinds: tuple[place.SessionKind, ...] = field(default=(), metadata=SOMETIMES)  # of session, where it has its own
    chapters: tuple[place.ReportChapter, ...] = field(default=(), metadata=SOMETIMES)  # of a report, of its own
    themes: tuple[place.ThemeSet, ...] = field(default=(), metadata=SOMETIMES)  # where they are not the shipped ones
    retention: tuple[place.Retention, ...] = field(default=(), metadata=SOMETIMES)  # where it is not the usual
    kind: place.MeetingKind | None = field(default=None, metadata=SOMETIMES)
    consents: tuple[place.Consents, ...] = field(default=(), metadata=SOMETIMES)  # in words of its own
    session_rights: Record = field(default_factory=dict, metadata=SOMETIMES)  # what of a session -> roles that edit it
    zones: tuple[place.Zone, ...] = field(default=(), metadata=SOMETIMES)  # in an archive, as three below
    gates: tuple[place.Gate, ...] = field(default=(), metadata=SOMETIMES)
    photographs: place.PhotoStandard | None = field(default=None, metadata=SOMETIMES)
    badges: tuple[place.BadgeLayout, ...] = field(default=(), metadata=SOMETIMES)
    organs: tuple[str, ...] = field(default=(), metadata=SOMETIMES)
    session_name: str = field(default="", metadata=SOMETIMES)
    agenda_item: str = field(default="", metadata=SOMETIMES)
    distribution: str = field(default="", metadata=SOMETIMES)
    original_language: str = field(default="", metadata=SOMETIMES)
    report_outline: str = field(default="", metadata=SOMETIMES)  # what a new report begins with, as below
    report_policy: str = field(default="", metadata=SOMETIMES)
    live_letters: str = field(default="", metadata=SOMETIMES)
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member


@dataclass(frozen=True)
class Role:
    """Somebody's part in a session that was confirmed."""

    role: str
    name: str
    name_own: str
    name_language: str
    position_held: str
    organization: str
    country: str
    illustrative: bool
    guid: str = field(default="", metadata=SOMETIMES)  # of the person, in the program that the part came from
    foreign_id: str = field(default="", metadata=SOMETIMES)


@dataclass(frozen=True)
class Session:
    """One session; `body` is the name of a body, `room` the code of a room."""

    code: str
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    uid: str
    sequence: int
    changed_at: datetime
    agenda_item: str
    summary: str
    body: str
    room: str | None
    rule: str
    interpretation: tuple[str, ...]
    cancelled: bool
    illustrative: bool
    roles: tuple[Role, ...]
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member
    more: More | None = field(default=None, metadata=SOMETIMES)


@dataclass(frozen=True)
class Release:
    """A published agenda; `digest` is the SHA-256 of its content in canonical form, `changes` its list of changes."""

    number: int
    released_at: datetime
    remark: str
    digest: str
    content: Record
    changes: Record = field(default_factory=dict, metadata=SOMETIMES)  # since version 3


@dataclass(frozen=True)
class Agenda:
    """The agenda: every session, and the newest release where there is one; for the archive those before it."""

    release: Release | None
    sessions: tuple[Session, ...]
    earlier: tuple[Release, ...] = field(default=(), metadata=SOMETIMES)  # since version 3


@dataclass(frozen=True)
class Edition:
    """A report as published; `file` holds the very bytes that `sha256` is the hash of."""

    version: int
    published_at: datetime
    sha256: str
    file: str


@dataclass(frozen=True)
class Correction:
    """An entry that is written for the next corrigendum of a version, and not published yet."""

    version: int
    paragraph: str
    wrong: str
    reading: str
    reason: str
    whose: str
    at: datetime


@dataclass(frozen=True)
class Report:
    """A report that was published, with its editions; `body` is the code of a body or empty."""

    name: str
    title: str
    symbol: str
    body: str
    policy: str
    outline: str
    created_at: datetime
    version: int
    editions: tuple[Edition, ...]
    corrects: str = field(default="", metadata=SOMETIMES)  # of a corrigendum: the name of the report it is to
    corrections: tuple[Correction, ...] = field(default=(), metadata=SOMETIMES)  # in an archive


@dataclass(frozen=True)
class Cited:
    """One link of the evidence: this paragraph of this edition rests on this revision of this note."""

    report: str
    version: int
    paragraph: str
    note: str
    revision: int


@dataclass(frozen=True)
class Participant:
    """Somebody who came and agreed to stand in the list of participants, as the list prints them."""

    category: str
    delegation: str
    is_state: bool
    country: str
    delegation_role: str
    record_name: str
    job_title: str
    organization: str
    illustrative: bool
    answers: tuple[Answer, ...] = field(default=(), metadata=SOMETIMES)  # in an archive, since version 4


@dataclass(frozen=True)
class Document:
    """A paper of the meeting, where it can be read, and the session and the statement within it that it belongs to."""

    symbol: str
    title: str
    address: str
    position: int
    texts: Record = field(default_factory=dict, metadata=SOMETIMES)  # in other languages, by language and member
    files: tuple[DocumentFile, ...] = field(default=(), metadata=SOMETIMES)  # since version 4
    session: str = field(default="", metadata=SOMETIMES)  # its code
    sub_item: int | None = field(default=None, metadata=SOMETIMES)  # its key


@dataclass(frozen=True)
class Package:
    """A whole package; `papers` are the bytes of the editions by the name of their file, `files` those of others."""

    level: str
    meeting: Meeting
    agenda: Agenda
    notes: tuple[Note, ...]
    reports: tuple[Report, ...]
    evidence: tuple[Cited, ...]
    participants: tuple[Participant, ...]
    documents: tuple[Document, ...]
    papers: dict[str, bytes]
    summaries: tuple[Summary, ...] = ()  # since version 2
    inputs: tuple[Input, ...] = ()  # since version 3
    cards: tuple[Card, ...] = ()  # since version 3
    questions: tuple[Question, ...] = ()  # since version 4, as all below
    information: tuple[Page, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    files: dict[str, bytes] = field(default_factory=dict)
    version: int = SCHEMA_VERSION  # of the schema it was written in

    @property
    def counts(self) -> Counts:
        """How many of each there are."""
        return Counts(
            len(self.agenda.sessions),
            len(self.notes),
            sum(len(note.revisions) for note in self.notes),
            len(self.reports),
            sum(len(report.editions) for report in self.reports),
            len(self.evidence),
            len(self.participants),
            len(self.documents),
            len(self.summaries),
            sum(len(one.revisions) for one in self.summaries),
            sum(len(note.deliveries) for note in self.notes),
            len(self.inputs),
            len(self.cards),
            len(self.agenda.earlier),
            len(self.questions),
            sum(len(one.answers) for one in self.participants) + sum(len(one.answers) for one in self.inputs),
            len(self.information),
            len(self.delegations),
            len(self.files),
        )
