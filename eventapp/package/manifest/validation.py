"""Whether what a package says makes sense: its parts name one another, its codes are known, its texts fit."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from sqlalchemy import String, inspect

from eventapp.agenda.models import DROPPED, WAITS, Release, Session, SpeakingRole
from eventapp.checkin.models import Gate
from eventapp.documents.models import DocumentFile
from eventapp.ground.db.types import Base
from eventapp.ground.exact import Dataclass
from eventapp.ground.text.policy import writable
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.live.checking.content import LIVE_LETTERS
from eventapp.meetings.models import Body, Category, Document, Meeting, Room, SessionKind
from eventapp.meetings.retention.sorts import SORTS
from eventapp.package.export import place
from eventapp.package.export.attached import loose_files
from eventapp.package.export.delegations import loose_delegations
from eventapp.package.export.entrances import loose_entrances
from eventapp.package.export.inputs import loose_cards, loose_inputs, once_in
from eventapp.package.export.more import More, are_links
from eventapp.package.export.own.chapters import loose_chapters
from eventapp.package.export.own.consents import loose_consents
from eventapp.package.export.own.retention import loose_retention
from eventapp.package.export.own.rights import loose_rights
from eventapp.package.export.own.themes import loose_themes, themes_in
from eventapp.package.export.questions import loose_questions
from eventapp.package.export.summaries import loose_summaries
from eventapp.package.manifest import content
from eventapp.package.manifest import delegations as sent
from eventapp.package.manifest import inputs as handed
from eventapp.package.manifest import notes as noted
from eventapp.package.manifest import papers as attached
from eventapp.package.manifest import questions as asked
from eventapp.package.manifest import summaries as summed
from eventapp.package.manifest.archive import KINDS
from eventapp.package.manifest.content import Package
from eventapp.package.manifest.referential import (
    faults_of_papers,
    faults_of_release,
    impossible,
    loose_corrections,
    loose_ends,
    loose_kinds,
)
from eventapp.package.manifest.texts import are_texts
from eventapp.practices.content import FORWARDED_TO
from eventapp.practices.content import KINDS as CARD_KINDS
from eventapp.questions.models import Question
from eventapp.record.extras.models import Delivery, Translation
from eventapp.record.notes.content import DELIVERIES
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED, Note, Revision
from eventapp.record.summaries.models import SummaryRevision
from eventapp.registration.models import Delegation, DelegationLetter, Registration
from eventapp.registration.zones.models import Zone
from eventapp.review.reports.models import Correction, Report
from eventapp.review.reports.outlines import all_outlines
from eventapp.review.reports.tailored.queries import known_chapters
from eventapp.vocabulary.countries import all_countries
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, OUTLETS, SUPPORTS
from eventapp.vocabulary.participants import DELEGATION_ROLES, SHAPES, STAKEHOLDER_TYPES
from eventapp.vocabulary.sessions import SPEAKING_ROLES

LARGEST = 2**31 - 1  # number that a column holds
ROWS: Mapping[type[Dataclass], type[Base]] = MappingProxyType(
    {
        content.Meeting: Meeting,
        place.Body: Body,
        place.Room: Room,
        place.SessionKind: SessionKind,
        place.Category: Category,
        place.Zone: Zone,
        place.Gate: Gate,
        content.Document: Document,
        content.Session: Session,
        content.Role: SpeakingRole,
        More: Session,
        content.Release: Release,
        noted.Note: Note,
        noted.Revision: Revision,
        noted.Translation: Translation,
        content.Report: Report,
        content.Correction: Correction,
        content.Participant: Registration,
        attached.DocumentFile: DocumentFile,
        attached.Page: InformationPage,
        attached.Picture: InformationPicture,
        sent.Delegation: Delegation,
        sent.Letter: DelegationLetter,
        asked.Question: Question,
        summed.Delivery: Delivery,
        summed.SummaryRevision: SummaryRevision,
    }
)


def codes(meeting: content.Meeting) -> Mapping[tuple[type[Dataclass], str], Container[object]]:
    """What each member that is a code, or a list of codes, may say."""
    countries = {one.iso3 for one in all_countries()}
    return {
        (content.Meeting, "zone"): available_timezones(),
        (content.Meeting, "report_policy"): {*CEILINGS, ""},
        (content.Meeting, "live_letters"): LIVE_LETTERS,
        (place.Category, "stakeholder_type"): STAKEHOLDER_TYPES,
        (place.Category, "shape"): SHAPES,
        (place.Retention, "sort"): SORTS,
        (place.SessionKind, "shape"): SHAPES,
        (place.SessionKind, "chapter"): {*known_chapters(), *(one.code for one in meeting.chapters), ""},
        (content.Session, "rule"): ("open", "chatham", "closed"),
        (More, "waiting"): ("", WAITS, DROPPED),
        (content.Role, "role"): SPEAKING_ROLES,
        (content.Role, "country"): {*countries, ""},
        (noted.Note, "state"): (DRAFT, SUBMITTED, CONFIRMED, APPROVED, PUBLISHED),
        (noted.Revision, "kind"): NOTE_KINDS,
        (noted.Revision, "stakeholder_type"): {*STAKEHOLDER_TYPES, ""},
        (noted.Revision, "country"): {*countries, ""},
        (noted.Revision, "ceiling"): CEILINGS,
        (noted.Revision, "action_lines"): {*ACTION_LINES, *themes_in(meeting).lines},
        (noted.Revision, "goals"): GOALS,
        (noted.Revision, "countries"): countries,
        (noted.Revision, "support"): {*SUPPORTS, ""},
        (noted.Revision, "delivery"): {*DELIVERIES, ""},
        (noted.Revision, "outlets"): OUTLETS,
        (content.Report, "policy"): CEILINGS,
        (content.Report, "outline"): all_outlines(),
        (summed.Delivery, "state"): {*DELIVERIES, ""},
        (content.Participant, "delegation_role"): {*DELEGATION_ROLES, ""},
        (handed.Input, "country"): {*countries, ""},
        (handed.Card, "action_lines"): {*ACTION_LINES, *themes_in(meeting).lines},
        (handed.Card, "kind"): CARD_KINDS,
        (handed.Card, "country"): {*countries, ""},
        (handed.Agreed, "outlet"): FORWARDED_TO,
    }


def nonsense_in(package: Package) -> Iterator[str]:
    """Each thing that makes no sense, as where it is and what it is, the first to look at first."""
    known = codes(package.meeting)
    for name, _kind in KINDS.values():
        for where, record in records(getattr(package, name), name):
            yield from faults_of(record, where, known)
    yield from doubles(package)
    yield from faults_of_release(package)
    yield from loose_ends(package)
    yield from loose_kinds(package)
    yield from loose_chapters(package.meeting)
    yield from loose_themes(package.meeting)
    yield from loose_retention(package.meeting)
    yield from loose_consents(package.meeting)
    yield from loose_rights(package.meeting)
    yield from loose_entrances(package)
    yield from loose_corrections(package)
    yield from loose_summaries(package)
    yield from loose_inputs(package)
    yield from loose_cards(package)
    yield from loose_questions(package)
    yield from loose_files(package)
    yield from loose_delegations(package)
    yield from impossible(package)
    yield from faults_of_papers(package)


def records(value: object, where: str) -> Iterator[tuple[str, Dataclass]]:
    """Every record in this value with its place."""
    if isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from records(one, f"{where}[{place}]")
    elif is_dataclass(value) and not isinstance(value, type):
        yield where, value
        for one in fields(value):
            yield from records(getattr(value, one.name), f"{where}.{one.name}")


def faults_of(
    record: Dataclass, where: str, known: Mapping[tuple[type[Dataclass], str], Container[object]]
) -> Iterator[str]:
    kind = type(record)
    for one in fields(record):
        value = getattr(record, one.name)
        place = f"{where}.{one.name}"
        for each in value if isinstance(value, tuple) else (value,):
            if (kind, one.name) in known and each not in known[kind, one.name]:
                yield f"{place}: {ascii(each)[:60]}"
            if isinstance(each, str) and writable(each) != each:
                yield f"{place}: a character that no text holds"
            if isinstance(each, int) and abs(each) > LARGEST:
                yield f"{place}: too large a number"
        if kind is More and one.name == "links" and not are_links(value):
            yield f"{place}: no addresses of the web"
        if one.name == "texts" and not are_texts(value):
            yield f"{place}: no texts in other languages"
        if isinstance(value, str) and len(value) > (most := room_in(kind, one.name)):
            yield f"{place}: longer than {most} characters"


@cache
def room_in(kind: type[Dataclass], name: str) -> int:
    """How many characters the column takes that this member of a record goes to."""
    column = inspect(ROWS[kind]).columns.get(name) if kind in ROWS else None
    length = column.type.length if column is not None and isinstance(column.type, String) else None
    return length or LARGEST


def doubles(package: Package) -> Iterator[str]:
    """What is there twice and may be there once."""
    meeting = package.meeting
    once: dict[str, Iterable[object]] = {
        "meeting.bodies": [one.code for one in meeting.bodies],
        "meeting.rooms": [one.code for one in meeting.rooms],
        "meeting.kinds": [one.code for one in meeting.kinds],
        "meeting.chapters": [one.code for one in meeting.chapters],
        "meeting.consents": [one.language for one in meeting.consents],
        "meeting.retention": [one.sort for one in meeting.retention],
        "meeting.themes": [one.code for one in meeting.themes],
        "themes of the meeting": [line.code for one in meeting.themes for line in one.lines],
        "meeting.zones": [one.code for one in meeting.zones],
        "meeting.gates": [one.name for one in meeting.gates],
        "meeting.categories": [one.code for one in meeting.categories],
        "agenda.sessions": [one.code for one in package.agenda.sessions],
        "agenda.sessions.uid": [one.uid for one in package.agenda.sessions],
        "notes": [one.reference for one in package.notes],
        "reports": [one.name for one in package.reports],
        "documents": [one.symbol for one in package.documents],
        "questions": [one.code for one in package.questions],
        "information": [one.slug for one in package.information],
        "summaries": [one.session for one in package.summaries],
        "reports.editions": [one.file for report in package.reports for one in report.editions],
    }
    once |= {f"notes {one.reference}": [each.number for each in one.revisions] for one in package.notes}
    once |= {
        f"notes {one.reference}, translations": [each.language for each in one.translations] for one in package.notes
    }
    once |= {f"summary of {one.session}": [each.number for each in one.revisions] for one in package.summaries}
    once |= once_in(package)
    for where, names in once.items():
        yield from (f"{where}: {name!a} is there twice" for name, times in Counter(names).items() if times > 1)
