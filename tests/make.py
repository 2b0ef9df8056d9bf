"""Things to test with. Every argument has a harmless default; name only what matters."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.ground.db import db, transaction
from eventapp.ground.text.policy import folded, search_key
from eventapp.meetings.models import Category, Document, Meeting, Room, Staff
from eventapp.people.models import Administrator, Person
from eventapp.registration.entry import new_links
from eventapp.registration.models import APPROVED, Delegation, Registration

TODAY = datetime(2026, 3, 2, 2, tzinfo=UTC)  # 9 in the morning in Bangkok
ZONE = "Asia/Bangkok"
_number = count(1)
T = TypeVar("T")


def person(name: str = "Ada Byron", email: str = "") -> Person:
    """Somebody with an address of their own."""
    return kept(a_person(name, email))


def a_person(name: str, email: str = "") -> Person:
    address = email or f"person{next(_number)}@example.org"
    return Person(name=name, email=address, known_since=TODAY)


def administrator() -> Person:
    """Somebody who may act everywhere."""
    somebody = person("Root")
    kept(Administrator(person_id=somebody.id, granted_at=TODAY))
    return somebody


def zone_past_ten(at: datetime) -> str:
    """A zone where it is past ten at this moment, so that its day does not end meanwhile; POSIX counts to the west."""
    return f"Etc/GMT{(at.hour - 10 + 11) % 24 - 11:+d}"


def meeting(**facts: Any) -> Meeting:
    """A published one-day meeting in Bangkok, two weeks from TODAY, that takes registrations."""
    number = next(_number)
    defaults: dict[str, Any] = {
        "slug": f"meeting-{number}",
        "title": "Spring review of the action lines",
        "short_title": "Spring review",
        "starts_on": date(2026, 3, 16),
        "ends_on": date(2026, 3, 16),
        "zone": ZONE,
        "city": "Bangkok",
        "country": "THA",
        "venue": "United Nations Conference Centre",
        "organization": "Regional Commission",
        "contact_email": "secretariat@example.org",
        "mandate": ["The resolution asks for a review."],
        "purpose": [],
        "objectives": ["Review the action lines"],
        "content_blocks": [],
        "outcomes_go_to": [],
        "languages": ["en"],
        "capacity": 10,
        "registration_opens_at": TODAY - timedelta(days=30),
        "registration_closes_at": TODAY + timedelta(days=7),
        "published_at": TODAY - timedelta(days=30),
    }
    return kept(Meeting(**{**defaults, **facts}))


def category(meeting: Meeting, **facts: Any) -> Category:
    """A category that anybody may register in, without approval or letter."""
    return kept(a_category(meeting, **facts))


def a_category(meeting: Meeting, **facts: Any) -> Category:
    number = next(_number)
    defaults: dict[str, Any] = {
        "code": f"K{number}",
        "name": f"Category {number}",
        "stakeholder_type": "government",
        "represents": "organization",
        "colour": "#123f7a",
        "ink": "#ffffff",
        "letter": "M",
        "shape": "square",
        "protocol_order": number,
        "needs_approval": False,
        "needs_letter": False,
        "takes_registrations": True,
    }
    return Category(meeting_id=meeting.id, **{**defaults, **facts})


def room(meeting: Meeting, **facts: Any) -> Room:
    """A room with fifty seats."""
    number = next(_number)
    defaults = {"code": f"R{number}", "name": f"Conference Room {number}", "seats": 50}
    return kept(Room(meeting_id=meeting.id, **{**defaults, **facts}))


def document(meeting: Meeting, **facts: Any) -> Document:
    """A paper of the meeting that can be read nowhere yet."""
    number = next(_number)
    return kept(Document(meeting_id=meeting.id, **{"symbol": f"INF/{number}", "title": f"Paper {number}", **facts}))


def staff(meeting: Meeting, role: str, somebody: Person | None = None, **facts: Any) -> Person:
    """Somebody who holds this role at this meeting."""
    with transaction():
        if somebody is None:
            somebody = a_person(role.title())
            db.session.add(somebody)
            db.session.flush()
        row = Staff(meeting_id=meeting.id, person_id=somebody.id, role=role, granted_at=TODAY, **facts)
        db.session.add(row)
    return somebody


def session(meeting: Meeting, **facts: Any) -> Session:
    """A session of ninety minutes on the morning of the meeting's first day."""
    number = next(_number)
    starts_at = facts.pop("starts_at", datetime(2026, 3, 16, 2, tzinfo=UTC))
    defaults: dict[str, Any] = {
        "code": f"S{1000 + number}",  # apart from the codes that tests name
        "title": f"Session {number}",
        "kind": "trends",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "interpretation": [],
        "uid": f"session-{number}@example.org",
        "changed_at": TODAY,
    }
    return kept(Session(meeting_id=meeting.id, **{**defaults, **facts}))


def role(session: Session, role: str = "speaker", **facts: Any) -> SpeakingRole:
    """A confirmed part in a session."""
    defaults: dict[str, Any] = {"name": "Grace Hopper", "state": CONFIRMED}
    return kept(SpeakingRole(session_id=session.id, role=role, **{**defaults, **facts}))


def delegation(meeting: Meeting, name: str = "", **facts: Any) -> Delegation:
    """An organization that sends people."""
    return kept(a_delegation(meeting, name, **facts))


def a_delegation(meeting: Meeting, name: str = "", **facts: Any) -> Delegation:
    name = name or f"Organization {next(_number)}"
    defaults: dict[str, Any] = {"is_state": False}
    return Delegation(meeting_id=meeting.id, name=name, folded_name=folded(name), **{**defaults, **facts})


def registration(meeting: Meeting, **facts: Any) -> Registration:
    """An approved registration, unless the facts say otherwise."""
    number = next(_number)
    with transaction():  # one for all of them: a transaction for each takes twice the time
        somebody = facts.pop("person", None) or a_person(facts.get("record_name", "Ada Byron"))
        kind = facts.pop("category", None) or a_category(meeting)
        sender = facts.pop("delegation", None) or a_delegation(meeting)
        db.session.add_all([somebody, kind, sender])
        db.session.flush()
        name = facts.get("record_name", somebody.name)
        defaults: dict[str, Any] = {
            "number": number,
            "given_name": "Ada",
            "family_name": "Byron",
            "record_name": name,
            "badge_name": name,
            "languages": ["en"],
            "lists_name": True,
            "shares_email": False,
            "may_be_photographed": True,
            "search_text": search_key(name, facts.get("own_name"), sender.name),
            "state": APPROVED,
            "asked_at": TODAY,
            "confirmed_at": TODAY,
            "approved_at": TODAY if facts.get("state", APPROVED) == APPROVED else None,
            "state_at": TODAY,
        }
        whose = {"person_id": somebody.id, "category_id": kind.id, "delegation_id": sender.id}
        row = Registration(meeting_id=meeting.id, **whose, **{**defaults, **facts})
        db.session.add(row)
        db.session.flush()
        new_links(row, at=TODAY)
    return row


def kept(row: T) -> T:
    """This row, saved."""
    with transaction():
        db.session.add(row)
    return row
