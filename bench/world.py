"""The meetings that are measured: two agendas, 250 and 2,500 sessions; one that takes registrations; 3,000 badges."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.agenda.releases.actions import release
from eventapp.badges.actions import print_badges
from eventapp.badges.queries import Choice, bearers
from eventapp.checkin.actions import open_gate
from eventapp.ground.db import db, transaction
from eventapp.meetings.actions import grant
from eventapp.meetings.models import ORGANIZER, STEWARD, Category, Meeting, Room
from eventapp.people.actions import know
from eventapp.people.models import Person
from eventapp.people.sign_in.actions import make_sign_in_link
from eventapp.registration.models import APPROVED, Delegation, Registration

SMALL, LARGE = 250, 2500
OPEN, CROWDED = "bench-registration", "bench-badges"
PEOPLE = 3000
ROOMS, HOURS = 10, 8
TEXT = (
    "access action advice agencies alignment archives bandwidth broadband bridges budgets cables capacity channels cities coasts "
    "commitments communities computing confidence content cooperation costs coverage culture deserts devices disasters e-health "
    "education elders energy engineers ethics exchanges farmers fibre finance forests frameworks girls goals governance growth "
    "identity inclusion industry infrastructure innovation islands journalists knowledge languages learning libraries lines "
    "literacy local markets media ministries mobile mountains networks obstacles open partners payments plans policy ports "
    "postal privacy prizes radio regional research resilience review rivers rural satellites schools science security services "
    "skills spectrum standards statistics stories strategies students teachers trade training transport trust universal villages "
    "water women work youth"
)
WORDS = tuple(TEXT.split())
# Names in the scripts of the region, taken in turn, so that badges need every font.
NAMES = (
    ("Anong Suksawat", "อนงค์ สุขสวัสดิ์", "th"),
    ("Farzana Rahman", "ফারজানা রহমান", "bn"),
    ("Li Wenjing", "李文静", "zh-Hans"),
    ("Samira Haddad", "سميرة حداد", "ar"),
    ("Ravi Menon", "രവി മേനോൻ", "ml"),
    ("Kim Ji-won", "김지원", "ko"),
    ("Mele Kalsakau", "", ""),
    ("Giorgi Beridze", "გიორგი ბერიძე", "ka"),
)


@dataclass(frozen=True)
class Keys:
    """What opens the door of the crowded meeting, and codes to read there."""

    steward_link: str
    gate: str
    codes: list[str]


def agenda_slug(sessions: int) -> str:
    return f"bench-{sessions}"


def build(at: datetime) -> Keys:
    """Make all of it in an empty, migrated database; `at` is now."""
    with transaction():
        know("Bench Organizer", "organizer@example.org", at=at)
    for sessions in (SMALL, LARGE):
        with transaction():
            add_agenda(sessions, at)
    with transaction():
        meeting_named(OPEN, at)
    with transaction():
        return add_crowd(at)


def meeting_named(slug: str, at: datetime) -> Meeting:
    """A public meeting a month from now, with room for everybody."""
    day = (at + timedelta(days=30)).date()
    words: dict[str, Any] = {name: [] for name in ("mandate", "purpose", "content_blocks", "outcomes_go_to")}
    meeting = Meeting(
        slug=slug,
        title=f"Measured meeting {slug}",
        short_title=slug,
        starts_on=day,
        ends_on=day + timedelta(days=40),
        zone="Asia/Bangkok",
        city="Bangkok",
        country="THA",
        venue="Conference Centre",
        organization="Secretariat",
        contact_email="secretariat@example.org",
        objectives=["To be measured"],
        languages=["en"],
        capacity=1_000_000,
        registration_opens_at=at - timedelta(days=1),
        registration_closes_at=at + timedelta(days=29),
        published_at=at,
        **words,
    )
    db.session.add(meeting)
    db.session.add(category_of(meeting))
    db.session.flush()
    return meeting


def category_of(meeting: Meeting) -> Category:
    return Category(
        meeting=meeting,
        code="UN",
        name="United Nations body",
        stakeholder_type="un",
        represents="organization",
        colour="#5fb9e6",
        ink="#000000",
        letter="U",
        shape="circle",
        protocol_order=1,
        needs_approval=False,
        needs_letter=False,
        takes_registrations=True,
    )


def add_agenda(sessions: int, at: datetime) -> None:
    """A released agenda: ten rooms side by side, an hour each, with three people in every session."""
    add_sessions(meeting_named(agenda_slug(sessions), at), sessions, at)


def add_sessions(meeting: Meeting, sessions: int, at: datetime, *, rooms: int = ROOMS, hours: int = HOURS) -> None:
    """So many of them in an agenda of this meeting, released."""
    places = [Room(meeting=meeting, code=f"R{n}", name=f"Room {n}", seats=100, position=n) for n in range(rooms)]
    db.session.add_all(places)
    db.session.flush()
    morning = datetime.combine(meeting.starts_on, time(2), UTC)
    for place in range(sessions):
        slot, room = divmod(place, rooms)
        day, hour = divmod(slot, hours)
        starts = morning + timedelta(days=day, hours=hour)
        session = Session(
            meeting=meeting,
            code=f"S{place + 1}",
            title=f"{worded(place, 5)}, session {place + 1}",
            kind="discussion",
            summary=worded(place * 7, 14),
            room_id=places[room].id,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=55),
            interpretation=[],
            uid=f"s{place + 1}@{meeting.slug}.example.org",
            changed_at=at,
        )
        db.session.add(session)
        for order, part in enumerate(("moderator", "speaker", "panellist")):
            name, own, language = NAMES[(place + order) % len(NAMES)]
            part_of = SpeakingRole(session=session, role=part, name=name, state=CONFIRMED, position=order)
            part_of.name_own, part_of.name_language, part_of.organization = own, language, "Secretariat"
            db.session.add(part_of)
    db.session.flush()
    release(meeting, by=None, at=at)


def worded(seed: int, many: int) -> str:
    """So many words, other ones for each seed, the same in every run: text that compresses as text does."""
    return " ".join(WORDS[(seed * 31 + place * (17 + seed % 13)) % len(WORDS)] for place in range(many)).capitalize()


def add_crowd(at: datetime) -> Keys:
    """3,000 people with places and badges, an organizer, a steward, and one gate."""
    meeting = meeting_named(CROWDED, at)
    organizer = know("Bench Organizer", "organizer@example.org", at=at)
    steward = know("Bench Steward", "steward@example.org", at=at)
    grant(meeting, organizer, ORGANIZER, by=None, at=at)
    grant(meeting, steward, STEWARD, by=None, at=at)
    delegation = Delegation(meeting=meeting, name="Secretariat", folded_name="secretariat", country="", is_state=False)
    db.session.add(delegation)
    db.session.flush()
    people = [
        {"name": NAMES[n % len(NAMES)][0], "email": f"p{n}@example.org", "known_since": at} for n in range(PEOPLE)
    ]
    numbers = list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people))
    rows = [registered(meeting, delegation, person, number, at) for number, person in enumerate(numbers, start=1)]
    db.session.execute(insert(Registration), rows)
    print_badges(meeting, Choice(), by=organizer, at=at)
    gate = open_gate(meeting, "Main entrance", by=organizer, at=at)
    codes = [bearer.code for bearer in bearers(meeting, Choice(unprinted=False))]
    return Keys(make_sign_in_link(steward, at=at, lasts=timedelta(hours=2)), gate.code, codes)


def registered(meeting: Meeting, delegation: Delegation, person: int, number: int, at: datetime) -> dict[str, Any]:
    name, own, language = NAMES[number % len(NAMES)]
    given, _space, family = name.partition(" ")
    return {
        "meeting_id": meeting.id,
        "person_id": person,
        "number": number,
        "category_id": meeting.categories[0].id,
        "delegation_id": delegation.id,
        "given_name": given,
        "family_name": f"{family} {number}",
        "record_name": f"{name} {number}",
        "badge_name": f"{name} {number}",
        "own_name": own,
        "own_language": language,
        "organization": "Division for Measured Things",
        "job_title": "Officer",
        "languages": ["en"],
        "lists_name": True,
        "shares_email": False,
        "may_be_photographed": True,
        "search_text": name.lower(),
        "state": APPROVED,
        "asked_at": at,
        "confirmed_at": at,
        "approved_at": at,
        "state_at": at,
    }
