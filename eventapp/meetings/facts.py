"""What an organizer or a meeting file says about a meeting and its parts; each name is a column."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class MeetingFacts:
    """All that can be said about a meeting itself. Times are aware, days are days where it takes place."""

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
    contact_email: str
    mandate: list[str]
    purpose: list[str]
    objectives: list[str]
    content_blocks: list[str]
    outcomes_go_to: list[str]
    languages: list[str]
    illustrative: str | None
    capacity: int
    registration_opens_at: datetime
    registration_closes_at: datetime


@dataclass(frozen=True, kw_only=True)
class MastheadFacts:
    """What stands at the head of the papers of a body."""

    organs: list[str]
    session_name: str
    agenda_item: str


@dataclass(frozen=True, kw_only=True)
class MeetingMastheadFacts(MastheadFacts):
    """What stands at the head of the papers of a meeting."""

    distribution: str
    original_language: str


@dataclass(frozen=True, kw_only=True)
class BodyFacts:
    """A body that sessions report to."""

    code: str
    name: str
    position: int


@dataclass(frozen=True, kw_only=True)
class RoomFacts:
    """A room with its seats."""

    code: str
    name: str
    seats: int
    where: str
    position: int


@dataclass(frozen=True, kw_only=True)
class CategoryFacts:
    """A category of participants; no capacity means that only the meeting's own number holds."""

    code: str
    name: str
    stakeholder_type: str
    represents: str
    capacity: int | None
    colour: str
    ink: str
    letter: str
    shape: str
    protocol_order: int
    credential: str
    needs_approval: bool
    needs_letter: bool
    takes_registrations: bool


@dataclass(frozen=True, kw_only=True)
class DocumentFacts:
    """A document of the meeting; `audience` says who may open it."""

    symbol: str
    title: str
    address: str
    position: int
    kind: str = "other"
    agenda_item: str = ""
    audience: str = "public"


@dataclass(frozen=True, kw_only=True)
class KindFacts:
    """A kind of session; `chapter` is the one its notes go to in a report, '' for none of its own."""

    code: str
    name: str
    colour: str
    shape: str
    chapter: str
    position: int


PartFacts = BodyFacts | RoomFacts | CategoryFacts | DocumentFacts | KindFacts
