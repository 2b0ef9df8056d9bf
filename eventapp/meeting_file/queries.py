from collections.abc import Collection, Container
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.rights.content import rights_of
from eventapp.agenda.sessions.sub_items import from_rows
from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.information.queries import pages_of
from eventapp.meeting_file.chapters.content import entries_of_chapters
from eventapp.meeting_file.consents.content import entries_of_consents
from eventapp.meeting_file.entrances.content import (
    entries_of_delegations,
    entries_of_gates,
    entries_of_zones,
    photographs_of,
)
from eventapp.meeting_file.information.entries import entry_of
from eventapp.meeting_file.networking.content import networking_of
from eventapp.meeting_file.parts.people import StaffEntry
from eventapp.meeting_file.parts.place import BodyEntry, KindEntry, RoomEntry, hours_of
from eventapp.meeting_file.parts.roles import entry_of_role, entry_of_sub_item
from eventapp.meeting_file.questions.content import entries_of_questions
from eventapp.meeting_file.retention.content import code_of_kind, entries_of_retention
from eventapp.meeting_file.schema import CategoryEntry, DocumentEntry, MeetingFile, SessionEntry
from eventapp.meeting_file.texts.entries import (
    BodyTexts,
    CategoryTexts,
    DocumentTexts,
    KindTexts,
    MeetingTexts,
    RoomTexts,
    SessionTexts,
)
from eventapp.meeting_file.texts.words import entries_of
from eventapp.meeting_file.themes.content import entries_of_themes
from eventapp.meetings.models import Body, Category, Document, Meeting, Room, SessionKind
from eventapp.meetings.queries import rooms_in_use
from eventapp.record.notes.models import Note
from eventapp.registration.models import Registration
from eventapp.registration.offers.queries import goes_by_protocol, hours_to_answer
from eventapp.review.reports.models import Report


def content_of(meeting: Meeting) -> MeetingFile:
    """What a meeting file says about this meeting as it stands now: nothing that has ended."""
    return replace(
        _itself(meeting),
        bodies=tuple(_body(body) for body in meeting.bodies),
        rooms=tuple(_room(room) for room in rooms_in_use(meeting)),
        kinds=tuple(_kind(kind) for kind in meeting.kinds),
        chapters=entries_of_chapters(meeting),
        themes=entries_of_themes(meeting),
        categories=tuple(_category(category) for category in meeting.categories),
        questions=entries_of_questions(meeting),
        documents=tuple(_document(document) for document in meeting.documents),
        information=tuple(entry_of(page, meeting.languages) for page in pages_of(meeting, drafts=True)),
        retention=entries_of_retention(meeting),
        consents=entries_of_consents(meeting),
        **Record((f"edit_{name}", tuple(who)) for name, who in rights_of(meeting).items()),
        staff=tuple(
            StaffEntry(email=one.person.email, name=one.person.name, role=one.role)
            for one in meeting.staff
            if one.ended_at is None
        ),
        sessions=tuple(_session(session) for session in running_sessions(meeting)),
        delegations=entries_of_delegations(meeting),
        zones=entries_of_zones(meeting),
        gates=entries_of_gates(meeting),
        **photographs_of(meeting),
        **networking_of(meeting),
    )


def _itself(meeting: Meeting) -> MeetingFile:
    return MeetingFile(
        slug=meeting.slug,
        title=meeting.title,
        short_title=meeting.short_title,
        symbol=meeting.symbol,
        starts=meeting.starts_on,
        ends=meeting.ends_on,
        zone=meeting.zone,
        city=meeting.city,
        country=meeting.country,
        venue=meeting.venue,
        address=meeting.address,
        organization=meeting.organization,
        contact=meeting.contact_email,
        languages=tuple(meeting.languages),
        capacity=meeting.capacity,
        registration_opens=meeting.registration_opens_at,
        registration_closes=meeting.registration_closes_at,
        offer_hours=hours_to_answer(meeting),
        waiting_by_protocol=goes_by_protocol(meeting),
        illustrative=meeting.illustrative or "",
        organs=tuple(meeting.organs),
        session_name=meeting.session_name,
        agenda_item=meeting.agenda_item,
        distribution=meeting.distribution,
        original_language=meeting.original_language,
        report_outline=meeting.report_outline,
        report_policy=meeting.report_policy,
        live_letters=meeting.live_letters,
        meeting_kind=code_of_kind(meeting),
        mandate=tuple(meeting.mandate),
        purpose=tuple(meeting.purpose),
        objectives=tuple(meeting.objectives),
        content_blocks=tuple(meeting.content_blocks),
        outcomes_go_to=tuple(meeting.outcomes_go_to),
        texts=entries_of(meeting, MeetingTexts),
    )


def running_sessions(meeting: Meeting) -> list[Session]:
    """The sessions that are not cancelled, by time, with their roles."""
    query = (
        select(Session)
        .where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None))
        .order_by(Session.starts_at, Session.code)
        .options(
            selectinload(Session.roles).joinedload(SpeakingRole.person),
            selectinload(Session.room),
            selectinload(Session.body),
        )
    )
    return list(db.session.scalars(query))


def sessions_by_code(meeting: Meeting, codes: Collection[str] | None = None) -> dict[str, Session]:
    """Every session of the meeting, cancelled ones too; or those with these codes, with their roles."""
    query = select(Session).where(Session.meeting_id == meeting.id)
    if codes is not None:
        query = query.where(Session.code.in_(codes)).options(selectinload(Session.roles))
    return {session.code: session for session in db.session.scalars(query)}


def notes_in(session: Session) -> int:
    """How many notes this session has, deleted ones too: their revisions are kept."""
    return _count(select(func.count()).where(Note.session_id == session.id))


def scans_in(session: Session) -> int:
    """How many badges were read at the gates of this session."""
    query = select(func.count()).select_from(Scan).join(Gate, Scan.gate_id == Gate.id)
    return _count(query.where(Gate.session_id == session.id))


def registrations_in(category: Category) -> int:
    """How many registrations name this category, whatever became of them."""
    return _count(select(func.count()).where(Registration.category_id == category.id))


def uses_of(body: Body, *, but: Container[str]) -> int:
    """How many reports, and sessions other than these codes, name this body."""
    named = db.session.scalars(select(Session.code).where(Session.body_id == body.id))
    reports = _count(select(func.count()).where(Report.body_id == body.id))
    return reports + sum(code not in but for code in named)


def _count(query: object) -> int:
    return int(db.session.scalar(query) or 0)  # type: ignore[call-overload]


def _body(body: Body) -> BodyEntry:
    return BodyEntry(
        code=body.code,
        name=body.name,
        organs=tuple(body.organs),
        session_name=body.session_name,
        agenda_item=body.agenda_item,
        texts=entries_of(body, BodyTexts),
    )


def _room(room: Room) -> RoomEntry:
    texts = entries_of(room, RoomTexts)
    hours, where = hours_of(room.hours), room.where
    return RoomEntry(code=room.code, name=room.name, seats=room.seats, where=where, hours=hours, texts=texts)


def _kind(kind: SessionKind) -> KindEntry:
    return KindEntry(
        code=kind.code,
        name=kind.name,
        colour=kind.colour,
        shape=kind.shape,
        chapter=kind.chapter,
        texts=entries_of(kind, KindTexts),
    )


def _category(category: Category) -> CategoryEntry:
    return CategoryEntry(
        code=category.code,
        name=category.name,
        stakeholder_type=category.stakeholder_type,
        represents=category.represents,
        capacity=category.capacity,
        colour=category.colour,
        ink=category.ink,
        letter=category.letter,
        shape=category.shape,
        protocol_order=category.protocol_order,
        credential=category.credential,
        needs_approval=category.needs_approval,
        needs_letter=category.needs_letter,
        takes_registrations=category.takes_registrations,
        texts=entries_of(category, CategoryTexts),
    )


def _document(document: Document) -> DocumentEntry:
    return DocumentEntry(
        symbol=document.symbol,
        title=document.title,
        address=document.address,
        kind=document.kind,
        agenda_item=document.agenda_item,
        audience=document.audience,
        texts=entries_of(document, DocumentTexts),
    )


def _session(session: Session) -> SessionEntry:
    return SessionEntry(
        code=session.code,
        title=session.title,
        kind=session.kind,
        starts=session.starts_at,
        ends=session.ends_at,
        room=session.room.code if session.room else "",
        body=session.body.code if session.body else "",
        agenda_item=session.agenda_item,
        summary=session.summary,
        rule=session.rule,
        interpretation=tuple(session.interpretation),
        expected=session.expected,
        sign_up=session.sign_up_places,
        sign_up_until=session.sign_up_until,
        subtitle=session.subtitle,
        description=session.description,
        language=session.language,
        track=session.track,
        links=tuple(session.links),
        tags=tuple(session.tags),
        licence=session.licence,
        no_recording=session.no_recording,
        guid=session.guid,
        foreign_id=session.foreign_id,
        illustrative=session.illustrative,
        texts=entries_of(session, SessionTexts),
        roles=tuple(entry_of_role(role) for role in session.roles if role.ended_at is None),
        sub_items=tuple(entry_of_sub_item(one, session) for one in from_rows(session.sub_items)),
    )
