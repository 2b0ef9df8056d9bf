from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from eventapp.agenda.models import Session
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.checkin.queries import count_of, present_for_the_world
from eventapp.db import Base, db
from eventapp.meetings.models import Category, Meeting
from eventapp.outcomes.attendance import LEAST
from eventapp.outcomes.models import APPROVED, PUBLISHED, Note, Revision
from eventapp.registration.models import APPROVED as REGISTERED
from eventapp.registration.models import Delegation, Registration
from eventapp.review.models import Chapter, Comment, Edition, Evidence, LeftOut, Paragraph, Report
from eventapp.text import figure
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES
from eventapp.vocabulary.protocol import alphabetical

CLEARED = (APPROVED, PUBLISHED)
STANDINGS = ("member", "associate", "state")  # what the category of a State's people stands for
CLOSED = "closed"  # a session whose record stays in the room


@dataclass(frozen=True)
class Attendance:
    """Who was let in at the meeting's doors: how many people, which States, and whether a list of names is annexed.

    `has_door` says whether anybody was let in here at all: of a meeting out of a package they were counted elsewhere.
    """

    people: int
    states: Mapping[str, tuple[str, ...]]  # by what the category stands for: member, associate, state
    has_list: bool
    has_door: bool = True


def report_at(meeting: Meeting, name: str) -> Report | None:
    """The report of this meeting with this name in its address."""
    return db.session.scalar(select(Report).where(Report.meeting_id == meeting.id, Report.name == name))


def reports_of(meeting: Meeting) -> list[Report]:
    """Every report of the meeting, the oldest first."""
    return list(db.session.scalars(select(Report).where(Report.meeting_id == meeting.id).order_by(Report.id)))


def chapters_of(report: Report) -> list[Chapter]:
    """The chapters with their paragraphs, removed ones too, and all that the paragraphs cite; in seven queries."""
    paragraphs = selectinload(Chapter.paragraphs)
    evidence = paragraphs.selectinload(Paragraph.evidence)
    note = evidence.joinedload(Evidence.note)
    query = (
        select(Chapter)
        .where(Chapter.report_id == report.id)
        .order_by(Chapter.position)
        .options(
            paragraphs.joinedload(Paragraph.edited_by),
            note.joinedload(Note.session),
            note.joinedload(Note.current).joinedload(Revision.role),
            evidence.joinedload(Evidence.revision).joinedload(Revision.role),
        )
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def paragraph_of(report: Report, number: int) -> Paragraph | None:
    """The paragraph of this report with this number of its row."""
    query = select(Paragraph).join(Paragraph.chapter).where(Paragraph.id == number, Chapter.report_id == report.id)
    return db.session.scalar(query)


def note_of(report: Report, reference: str) -> Note | None:
    """The note of the report's meeting with this reference, such as S2-01."""
    code, _dash, number = reference.strip().rpartition("-")
    query = select(Note).join(Note.session).where(Session.meeting_id == report.meeting_id, Note.deleted_at.is_(None))
    found = db.session.scalars(query.where(func.lower(Session.code) == code.lower(), Note.number == figure(number)))
    return found.first()


def notes_for(report: Report) -> list[Note]:
    """The notes this report may draw on, as the sessions followed: cleared, on the record, of its body."""
    query = _notes(report.meeting)
    if report.body_id:
        query = query.where(Session.body_id.is_(None) | (Session.body_id == report.body_id))
    return [note for note in db.session.scalars(query) if is_cleared(note)]


def silent_notes(meeting: Meeting) -> list[Note]:
    """The notes whose speakers no report may name: off the record, or from a closed session."""
    query = (
        select(Note)
        .join(Note.session)
        .join(Note.current)
        .where(Session.meeting_id == meeting.id, Note.deleted_at.is_(None))
        .where((Session.rule == CLOSED) | Revision.off_record)
        .order_by(Note.id)
        .options(joinedload(Note.session), joinedload(Note.current).joinedload(Revision.role))
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(query))


def notes_counted(meeting: Meeting, *, cleared: bool) -> list[Note]:
    """The notes that coverage counts: all that are on the record, or only the cleared ones."""
    found = [note for note in db.session.scalars(_notes(meeting)) if is_on_record(note)]
    return [note for note in found if is_cleared(note)] if cleared else found


def stands_counted(meeting: Meeting) -> list[tuple[int, int, str]]:
    """Number, revision and state of each note that coverage counts, as plain values: whether anything changed."""
    query = (
        select(Note.id, Note.head, Note.state)
        .join(Note.session)
        .join(Revision, and_(Revision.note_id == Note.id, Revision.number == Note.head))
        .where(
            Session.meeting_id == meeting.id,
            Session.rule != CLOSED,
            Note.deleted_at.is_(None),
            Revision.off_record.is_(False),
        )
        .order_by(Note.id)
    )
    return [(number, head, state) for number, head, state in db.session.execute(query)]


def is_cleared(note: Note) -> bool:
    """Whether a report may use this note now."""
    return note.state in CLEARED and is_on_record(note)


def is_on_record(note: Note) -> bool:
    """Whether the note may leave the room at all: kept, on the record, and from a session that is not closed."""
    return note.deleted_at is None and not note.current.off_record and note.session.rule != CLOSED


def _notes(meeting: Meeting) -> Select[Note]:
    return (
        select(Note)
        .join(Note.session)
        .where(Session.meeting_id == meeting.id, Session.rule != CLOSED, Note.deleted_at.is_(None))
        .order_by(Session.starts_at, Session.code, Note.number)
        .options(
            joinedload(Note.session),
            joinedload(Note.current).joinedload(Revision.role),
        )
        .execution_options(populate_existing=True)
    )


def left_out(report: Report) -> dict[int, LeftOut]:
    """What was left out of the report with a reason, by the number of its note."""
    rows = db.session.scalars(select(LeftOut).where(LeftOut.report_id == report.id))
    return {row.note_id: row for row in rows}


def threads_of(report: Report) -> dict[int, list[Comment]]:
    """What editors say of each paragraph, by the number of its row: the threads with their answers, in two queries."""
    query = (
        select(Comment)
        .join(Comment.paragraph)
        .join(Paragraph.chapter)
        .where(Chapter.report_id == report.id, Comment.thread_id.is_(None))
        .order_by(Comment.id)
        .options(
            joinedload(Comment.by),
            joinedload(Comment.settled_by),
            selectinload(Comment.answers).joinedload(Comment.by),
        )
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Comment]] = {}
    for thread in db.session.scalars(query):
        found.setdefault(thread.paragraph_id, []).append(thread)
    return found


def thread_of(report: Report, number: int) -> Comment | None:
    """The thread of this report that begins with the comment of this number of its row."""
    query = select(Comment).join(Comment.paragraph).join(Paragraph.chapter)
    return db.session.scalar(
        query.where(Comment.id == number, Comment.thread_id.is_(None), Chapter.report_id == report.id)
    )


def spoken_of(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Which of these somebody said something of: a comment, or whatever a feature above keeps about a paragraph."""
    ids = [one.id for one in paragraphs]
    tables = [table for table in Base.metadata.tables.values() if table is not Evidence.__table__]
    keys = [key.parent for table in tables for key in table.foreign_keys if key.column is Paragraph.__table__.c.id]
    return {found for key in keys for found in db.session.scalars(select(key).where(key.in_(ids)))} if ids else set()


def attendance(meeting: Meeting) -> Attendance:
    """Count everybody who was let in at a door, once each; as anyone reads it already, once it was counted for all.

    Fewer than LEAST are told of as nobody, for what is compiled of them is published.
    """
    came = _let_in(meeting)
    count = count_of(meeting)
    told = present_for_the_world(meeting)[0] if count else 0
    here = told or db.session.scalar(select(func.count()).select_from(came.subquery())) or 0
    people = told if count or here < LEAST else here
    return Attendance(people, _states_among(came), bool(listed_people(meeting)), has_door=here > 0)


def _states_among(came: Select[int | None]) -> dict[str, tuple[str, ...]]:
    """Which States came, each once: as a member, as an associate member, or as any other."""
    query = (
        select(Delegation.name, Category.represents)
        .join(Registration, Registration.delegation_id == Delegation.id)
        .join(Category, Registration.category_id == Category.id)
        .where(Delegation.is_state, Registration.id.in_(came))
    )
    found: dict[str, set[str]] = {standing: set() for standing in STANDINGS}
    for name, represents in db.session.execute(query):
        found.get(represents, found["state"]).add(name)
    found["state"] -= found["member"] | found["associate"]
    return {standing: tuple(sorted(names, key=alphabetical)) for standing, names in found.items() if names}


def present_by_kind(meeting: Meeting) -> list[tuple[str, int]]:
    """How many came, by the stakeholder types that are counted together; no number but those anyone may read."""
    people, groups = present_for_the_world(meeting)
    named = [("; ".join(STAKEHOLDER_TYPES[code].label for code in codes), number) for codes, number in groups]
    return named or ([("All", people)] if people else [])


def _let_in(meeting: Meeting) -> Select[int | None]:
    return (
        select(Scan.registration_id)
        .join(Scan.gate)
        .where(
            Gate.meeting_id == meeting.id,
            Scan.verdict == WELCOME,
            Scan.undone_at.is_(None),
            Scan.registration_id.is_not(None),
        )
        .distinct()
    )


def listed_people(meeting: Meeting) -> list[Registration]:
    """The registered participants who agreed to stand in the list."""
    query = (
        select(Registration)
        .where(Registration.meeting_id == meeting.id, Registration.state == REGISTERED, Registration.lists_name)
        .options(joinedload(Registration.category), joinedload(Registration.delegation))
    )
    return list(db.session.scalars(query))


def sessions_held(meeting: Meeting) -> list[Session]:
    """The sessions that took place and are not closed, in order."""
    query = (
        select(Session)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            Session.rule != CLOSED,
            Session.kind != "break",
        )
        .order_by(Session.starts_at, Session.code)
        .options(joinedload(Session.room), selectinload(Session.roles))
    )
    return list(db.session.scalars(query))


def edition_of(report: Report, version: int | None = None) -> Edition | None:
    """The edition of this version, or the newest; None where nothing of the kind was published."""
    query = select(Edition).where(Edition.report_id == report.id).order_by(Edition.version.desc())
    return db.session.scalar(query.where(Edition.version == version) if version else query.limit(1))


def edition_at(slug: str, name: str) -> Select[int, int]:
    """The newest edition of the report of this name at a public meeting, with the version of the meeting."""
    return (
        select(Edition.id, Meeting.version)
        .join(Report, (Edition.report_id == Report.id) & (Edition.version == Report.version))
        .join(Meeting, Report.meeting_id == Meeting.id)
        .where(Meeting.slug == slug, Report.name == name, Meeting.published_at.is_not(None))
    )


def editions_of(meeting: Meeting) -> list[Edition]:
    """The newest edition of each published report, the newest first."""
    query = (
        select(Edition)
        .join(Edition.report)
        .where(Report.meeting_id == meeting.id, Edition.version == Report.version)
        .order_by(Edition.published_at.desc())
        .options(joinedload(Edition.report))
    )
    return list(db.session.scalars(query))
