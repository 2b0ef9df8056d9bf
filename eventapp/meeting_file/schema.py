"""What a meeting file may say. The dataclasses are the schema: the reader, the writer and the page
`docs/meeting-file.md` all follow their fields.
"""

# ruff: noqa: RUF009 -- the fields of the schema are made by functions that only wrap field()

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from eventapp.documents.kinds import AUDIENCES, DOCUMENT_KINDS
from eventapp.live.checking.content import CHECKED
from eventapp.meeting_file.chapters.entries import ChapterEntry
from eventapp.meeting_file.consents.entries import ConsentEntry
from eventapp.meeting_file.entrances.entries import (
    LEAST_WIDTH,
    MOST_WIDTH,
    DelegationEntry,
    GateEntry,
    ZoneEntry,
    a_shape,
)
from eventapp.meeting_file.information.entries import PageEntry
from eventapp.meeting_file.kinds import (
    COLOUR,
    LINK,
    SLUG,
    CountryCode,
    Day,
    Email,
    Moment,
    OneOf,
    Place,
    Whole,
    Words,
    YesNo,
    Zone,
)
from eventapp.meeting_file.networking.entries import SlotsEntry
from eventapp.meeting_file.parts.fields import (
    OTHERS,
    a_code,
    a_language,
    a_paragraph,
    a_part,
    a_tag,
    entries_of,
    many,
    one,
    place_of,
)
from eventapp.meeting_file.parts.people import RoleEntry, StaffEntry, SubItemEntry
from eventapp.meeting_file.parts.place import BodyEntry, KindEntry, RoomEntry
from eventapp.meeting_file.questions.entries import QuestionEntry
from eventapp.meeting_file.retention.entries import RetentionEntry
from eventapp.meeting_file.texts import entries
from eventapp.meeting_file.themes.entries import ThemeSetEntry
from eventapp.networking.models import MOST_ANSWER_HOURS, MOST_REQUESTS
from eventapp.registration.offers.models import MOST_HOURS
from eventapp.vocabulary.notes import CEILINGS
from eventapp.vocabulary.participants import DISTRIBUTIONS, SHAPES, STAKEHOLDER_TYPES

REPRESENTS = ("member", "associate", "state", "organization")
SESSION_RULES = ("open", "chatham", "closed")


@dataclass(frozen=True, kw_only=True)
class CategoryEntry:
    """A category of participants."""

    code: str = one(a_code(), "short and stable, like MEM")
    name: str = one(Words(120), "as the form shows it")
    stakeholder_type: str = one(OneOf(lambda: STAKEHOLDER_TYPES), "for the figures of the review")
    represents: str = one(OneOf(lambda: REPRESENTS), "what its people come for")
    capacity: int | None = one(Whole(), "its own places; without it only the meeting's number holds", default=None)
    colour: str = one(Words(7, pattern=COLOUR, example='"#123f7a", in quotes'), "of the band on the badge")
    ink: str = one(Words(7, pattern=COLOUR, example='"#ffffff", in quotes'), "of the words on the band")
    letter: str = one(Words(2), "on the badge, for a reader who sees no colour")
    shape: str = one(OneOf(lambda: SHAPES), "on the badge, for the same reason")
    protocol_order: int = one(Whole(1, 999), "its place in the list of participants")
    credential: str = one(Words(), "what the letter must be, in words", default="")
    needs_approval: bool = one(YesNo(), "an organizer decides on each request", default=True)
    needs_letter: bool = one(YesNo(), "the form asks for a letter", default=False)
    takes_registrations: bool = one(YesNo(), "no: the secretariat adds these people itself", default=True)
    texts: tuple[entries.CategoryTexts, ...] = entries_of(entries.CategoryTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class DocumentEntry:
    """A document of the meeting."""

    symbol: str = one(Words(80), "as printed on it")
    title: str = one(Words(300), "in full")
    address: str = one(
        Words(500, pattern=LINK, example="https://example.org/paper.pdf"),
        "where it can be read",
        default="",
    )
    kind: str = one(OneOf(lambda: DOCUMENT_KINDS), "what it is", default="other")
    agenda_item: str = one(Words(20), "the item it is for, as printed", default="")
    audience: str = one(OneOf(lambda: AUDIENCES), "who may open it; everybody sees its title", default="public")
    texts: tuple[entries.DocumentTexts, ...] = entries_of(entries.DocumentTexts, OTHERS)
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.symbol


@dataclass(frozen=True, kw_only=True)
class SessionEntry:
    """A session of the agenda."""

    code: str = one(a_code(), "short and stable; it is in the session's address")
    title: str = one(Words(300), "as printed")
    kind: str = one(a_code(), "the code of a kind above, or of the usual ones")
    starts: datetime = one(Moment(), "in the time of the meeting's zone")
    ends: datetime = one(Moment(), "in the time of the meeting's zone")
    room: str = one(a_code(), "the code of a room above", default="")
    body: str = one(a_code(), "the code of a body above", default="")
    agenda_item: str = one(Words(20), "its number on the agenda", default="")
    summary: str = one(a_paragraph(), "what it is about", default="")
    rule: str = one(OneOf(lambda: SESSION_RULES), "who may come and be quoted", default="open")
    interpretation: tuple[str, ...] = many(a_language(), "languages it is interpreted into")
    expected: int | None = one(Whole(), "people expected", default=None)
    sign_up: int | None = one(
        Whole(1), "for how many who sign up it is; without it whoever comes may come in", default=None
    )
    sign_up_until: datetime | None = one(
        Moment(), "when sign-up closes; without it when the session begins", default=None
    )
    subtitle: str = one(Words(300), "below the title", default="")
    description: str = one(a_paragraph(), "more about it than the summary", default="")
    language: str = one(a_language(), "the language spoken", default="")
    track: str = one(Words(120), "the track it belongs to", default="")
    links: tuple[str, ...] = many(Words(600), "each an address, a blank and what it leads to")
    tags: tuple[str, ...] = many(a_tag(), "what readers find it by, without commas")
    licence: str = one(Words(120), "of a recording", default="")
    no_recording: bool = one(YesNo(), "it may not be recorded", default=False)
    guid: str = one(Words(120), "what it is in the program it was imported from", default="")
    foreign_id: str = one(Words(64), "its number in that program", default="")
    illustrative: bool = one(YesNo(), "made up, and marked so", default=False)
    texts: tuple[entries.SessionTexts, ...] = entries_of(entries.SessionTexts, OTHERS)
    roles: tuple[RoleEntry, ...] = entries_of(RoleEntry, "who does what")
    sub_items: tuple[SubItemEntry, ...] = entries_of(SubItemEntry, "statements and presentations within it, in order")
    place: Place = place_of()

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, kw_only=True)
class MeetingFile:
    """One meeting, whole."""

    slug: str = one(
        Words(80, pattern=SLUG, example="wsis-bangkok-2016"),
        "its address on the web; it says which meeting the file is about",
    )
    title: str = one(Words(300), "in full")
    short_title: str = one(Words(120), "for heads and badges")
    symbol: str = one(Words(80), "the symbol of its papers", default="")
    starts: date = one(Day(), "the first day")
    ends: date = one(Day(), "the last day")
    zone: str = one(Zone(), "its time zone; every time in the file is in it")
    city: str = one(Words(120), "where it is")
    country: str = one(CountryCode(), "ISO code of three letters, like THA")
    venue: str = one(Words(), "the house")
    address: str = one(Words(300), "of the house", default="")
    organization: str = one(Words(), "who convenes it")
    contact: str = one(Email(), "where questions go")
    languages: tuple[str, ...] = many(a_language(), "working languages; the first is that of its texts")
    capacity: int = one(Whole(1), "places in all")
    registration_opens: datetime = one(Moment(), "from when the form is open")
    registration_closes: datetime = one(Moment(), "when it closes")
    offer_hours: int | None = one(
        Whole(1, MOST_HOURS),
        "hours to answer the offer of a place that came free; without it places are given at once",
        default=None,
    )
    waiting_by_protocol: bool = one(
        YesNo(), "on the waiting list the order of categories comes before the time", default=False
    )
    photo_shape: str = one(a_shape(), "of photographs, width by height; without it: 35x45", default="")
    photo_width: int | None = one(
        Whole(LEAST_WIDTH, MOST_WIDTH), "least width of photographs in pixels; without it: 210", default=None
    )
    photos_checked: bool = one(YesNo(), "badges and doors wait until an organizer accepts one", default=False)
    illustrative: str = one(a_paragraph(), "what on its pages is made up, in a sentence", default="")
    organs: tuple[str, ...] = many(Words(), "the organs above its bodies, from the highest; at the head of its papers")
    session_name: str = one(Words(), "at the head of its papers, like First session", default="")
    agenda_item: str = one(Words(), "at the head of its papers, like Item 3 (a) of the provisional agenda", default="")
    distribution: str = one(OneOf(lambda: DISTRIBUTIONS), "of its papers; without it: its participants", default="")
    original_language: str = one(a_language(), "of its papers; without it: the language of each", default="")
    report_outline: str = one(Words(80), "that a new report begins with; without it: committee", default="")
    report_policy: str = one(OneOf(lambda: CEILINGS), "whom a new report names; without it: organization", default="")
    meeting_kind: str = one(
        Words(40), "a kind of meeting of the installation, which says how long personal data is kept", default=""
    )
    live_letters: str = one(
        OneOf(lambda: (CHECKED,)),
        "letters about changes of the day wait for an organizer; else: at once",
        default="",
    )
    mandate: tuple[str, ...] = many(a_paragraph(), "paragraphs")
    purpose: tuple[str, ...] = many(a_paragraph(), "paragraphs")
    objectives: tuple[str, ...] = many(a_paragraph(), "one each")
    content_blocks: tuple[str, ...] = many(a_paragraph(), "what it covers, one each")
    outcomes_go_to: tuple[str, ...] = many(a_paragraph(), "where its outcomes go, one each")
    texts: tuple[entries.MeetingTexts, ...] = entries_of(entries.MeetingTexts, OTHERS)
    bodies: tuple[BodyEntry, ...] = entries_of(BodyEntry, "bodies it serves")
    rooms: tuple[RoomEntry, ...] = entries_of(RoomEntry, "rooms")
    kinds: tuple[KindEntry, ...] = entries_of(KindEntry, "kinds of session, where they are not the usual ones")
    chapters: tuple[ChapterEntry, ...] = entries_of(
        ChapterEntry, "chapters of a report that it has of its own, in order"
    )
    themes: tuple[ThemeSetEntry, ...] = entries_of(ThemeSetEntry, "sets of themes, where they are not the shipped ones")
    categories: tuple[CategoryEntry, ...] = entries_of(CategoryEntry, "categories of participants")
    questions: tuple[QuestionEntry, ...] = entries_of(QuestionEntry, "questions of its own, stage by stage, in order")
    documents: tuple[DocumentEntry, ...] = entries_of(DocumentEntry, "documents")
    information: tuple[PageEntry, ...] = entries_of(PageEntry, "pages of practical information, in order")
    edit_text: tuple[str, ...] = many(a_part(), "roles in a session that may edit its title and texts")
    edit_people: tuple[str, ...] = many(a_part(), "roles in a session that may edit its speakers")
    edit_material: tuple[str, ...] = many(a_part(), "roles in a session that may edit its material")
    retention: tuple[RetentionEntry, ...] = entries_of(RetentionEntry, "days that personal data is kept")
    consents: tuple[ConsentEntry, ...] = entries_of(
        ConsentEntry, "what the registration form asks consent to, where it is in words of its own"
    )
    staff: tuple[StaffEntry, ...] = entries_of(StaffEntry, "who works at it")
    sessions: tuple[SessionEntry, ...] = entries_of(SessionEntry, "the agenda")
    delegations: tuple[DelegationEntry, ...] = entries_of(
        DelegationEntry, "delegations with places of their own, or that a gate lets in"
    )
    zones: tuple[ZoneEntry, ...] = entries_of(ZoneEntry, "zones of the house")
    gates: tuple[GateEntry, ...] = entries_of(GateEntry, "gates, with who may enter")
    networking: bool = one(YesNo(), "participants find and meet each other", default=False)
    networking_requests: int = one(Whole(1, MOST_REQUESTS), "to meet, that one sends in 24 hours", default=10)
    networking_hours: int = one(Whole(1, MOST_ANSWER_HOURS), "to answer a request", default=24)
    networking_session: str = one(a_code(), "the code of the session whose record takes commitments", default="")
    networking_slots: tuple[SlotsEntry, ...] = entries_of(SlotsEntry, "open slots for bilateral meetings")
    place: Place = place_of()

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
