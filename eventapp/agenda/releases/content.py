"""The agenda as it was published: what a release keeps, and how it is read back. A release never changes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from zoneinfo import ZoneInfo

from eventapp.agenda.models import CONFIRMED, Session
from eventapp.agenda.releases import parts
from eventapp.agenda.releases.parts import OF_VOCABULARY, PublishedKind, PublishedRole, PublishedRoom, role_content
from eventapp.agenda.releases.texts import meeting_texts, own_kinds, session_texts, texts_if_any
from eventapp.agenda.sessions.more import NO_MORE, PublishedMore, more_content, read_more
from eventapp.agenda.sessions.sub_items import InOrder, in_order
from eventapp.ground.db.types import Record
from eventapp.ground.text.policy import search_key
from eventapp.ground.text.worded import in_language
from eventapp.meetings.models import Meeting, Room
from eventapp.vocabulary.sessions import BREAK, SESSION_KINDS


@dataclass(frozen=True, slots=True)
class PublishedSession:
    """A session as it was published. Times are in UTC."""

    code: str
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    uid: str
    sequence: int
    changed_at: datetime
    agenda_item: str = ""
    summary: str = ""
    body: str = ""
    room: PublishedRoom | None = None
    rule: str = "open"
    interpretation: tuple[str, ...] = ()
    cancelled: bool = False
    illustrative: bool = False
    roles: tuple[PublishedRole, ...] = ()
    texts: Record = field(default_factory=dict, hash=False)  # in other languages: title, summary and body
    more: PublishedMore = NO_MORE
    drawn_as: PublishedKind = OF_VOCABULARY[BREAK]

    @property
    def kind_label(self) -> str:
        """The kind, in the reader's language."""
        return self.drawn_as.label

    @property
    def kind_word(self) -> str:
        """The kind for other programs: its code, or the name of a kind of the meeting's own."""
        return self.drawn_as.label if self.drawn_as.name else self.kind

    @property
    def track(self) -> str:
        """What it is part of, for those who look for it: its track, else the body that it reports to."""
        return self.more.track or self.body

    @property
    def heard_in(self) -> tuple[str, ...]:
        """The languages that somebody can follow it in: the one that is spoken, and those it is interpreted into."""
        return tuple(dict.fromkeys(code for code in (self.more.language, *self.interpretation) if code))

    @property
    def is_break(self) -> bool:
        return self.kind == BREAK

    @property
    def running_order(self) -> list[InOrder]:
        """Its statements and presentations, with numbers and times."""
        return in_order(self.more.sub_items, self.starts_at, self.agenda_item)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True)
class Published:
    """A whole agenda as it was published, cancelled sessions included: calendars must hear of them."""

    slug: str
    title: str
    zone: str
    place: str
    organization: str
    starts_on: date
    ends_on: date
    illustrative: str
    rooms: tuple[PublishedRoom, ...]
    all_sessions: tuple[PublishedSession, ...] = field(repr=False)
    texts: Record = field(default_factory=dict, hash=False)  # in other languages: its texts
    session_kinds: tuple[PublishedKind, ...] = ()  # of a meeting that has its own

    def for_reader(self, tongue: str) -> "Published":
        """The same with every text in this language where it is there: for a file that a reader takes along."""
        rooms = {room.code: in_language(room, tongue, "name", "where") for room in self.rooms}
        return replace(
            in_language(self, tongue, "title", "place", "organization", "illustrative"),
            rooms=tuple(rooms.values()),
            all_sessions=tuple(
                replace(
                    in_language(one, tongue, "title", "summary", "body"),
                    more=one.more.in_words(tongue),
                    room=rooms[one.room.code] if one.room else None,
                )
                for one in self.all_sessions
            ),
        )

    @cached_property
    def sessions(self) -> tuple[PublishedSession, ...]:
        """The sessions that take place, by time."""
        return tuple(session for session in self.all_sessions if not session.cancelled)

    @cached_property
    def by_code(self) -> dict[str, PublishedSession]:
        return {session.code: session for session in self.all_sessions}

    @cached_property
    def search_texts(self) -> dict[str, str]:
        """What is looked for words in, by the code of a session: folded once for all who search."""
        return {one.code: search_text(one) for one in self.sessions}

    @cached_property
    def kinds(self) -> list[PublishedKind]:
        """The kinds of session there are, in their order."""
        there = {session.kind: session.drawn_as for session in self.sessions}
        order = [one.code for one in self.session_kinds] or list(SESSION_KINDS)
        return [there.pop(code) for code in order if code in there] + list(there.values())

    @property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def day_of(self, session: PublishedSession) -> date:
        """The day a session begins on, where the meeting is."""
        return session.starts_at.astimezone(self.tz).date()

    @cached_property
    def days(self) -> dict[date, list[PublishedSession]]:
        """The sessions of each day, by time."""
        days: dict[date, list[PublishedSession]] = {}
        for session in self.sessions:
            days.setdefault(self.day_of(session), []).append(session)
        return days

    def same_time(self, session: PublishedSession) -> list[PublishedSession]:
        """The other sessions that run while this one does; breaks do not count."""
        return [
            one
            for one in self.sessions
            if one.code != session.code
            and not one.is_break
            and one.starts_at < session.ends_at
            and session.starts_at < one.ends_at
        ]


def search_text(session: PublishedSession) -> str:
    """What a session is found by: its code, its texts in any language, its room, its people and its tags, folded."""
    texts = [text for own in session.texts.values() for text in own.values()]
    people = [words for role in session.roles for words in (role.name, role.name_own, role.organization)]
    room = session.room
    places = [room.name, *(own.get("name", "") for own in room.texts.values())] if room else []
    within = [words for one in session.more.sub_items for words in (one.title, one.person)] + [*session.more.tags]
    return search_key(session.code, session.title, session.summary, *texts, *people, *places, *within)


def content_of(meeting: Meeting, sessions: list[Session], known: set[str]) -> Record:
    """What a release of this draft keeps. Cancelled sessions stay where an earlier release had them (`known`)."""
    shown = [session for session in sessions if session.cancelled_at is None or session.code in known]
    rooms = {session.room.id: session.room for session in shown if session.room}
    return {
        "meeting": {**meeting_content(meeting), **own_kinds(meeting.kinds)},
        "rooms": [room_content(room) for room in sorted(rooms.values(), key=lambda room: (room.position, room.code))],
        "sessions": [session_content(session) for session in shown],
        **parts.bodies_content(shown),
    }


def meeting_content(meeting: Meeting) -> Record:
    return {
        "slug": meeting.slug,
        "title": meeting.title,
        "zone": meeting.zone,
        "place": ", ".join(part for part in (meeting.venue, meeting.city) if part),
        "organization": meeting.organization,
        "starts_on": meeting.starts_on.isoformat(),
        "ends_on": meeting.ends_on.isoformat(),
        "illustrative": meeting.illustrative or "",
        **meeting_texts(meeting),
    }


def room_content(room: Room) -> Record:
    return {"code": room.code, "name": room.name, "seats": room.seats, "where": room.where, **texts_if_any(room.texts)}


def session_content(session: Session) -> Record:
    return {
        "code": session.code,
        "title": session.title,
        "kind": session.kind,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
        "uid": session.uid,
        "sequence": session.sequence,
        "changed_at": session.changed_at.isoformat(),
        "agenda_item": session.agenda_item,
        "summary": session.summary,
        "body": session.body.name if session.body else "",
        "room": session.room.code if session.room else None,
        "rule": session.rule,
        "interpretation": list(session.interpretation),
        "cancelled": session.cancelled_at is not None,
        "illustrative": session.illustrative,
        "roles": [role_content(role) for role in session.roles if role.holds and role.state == CONFIRMED],
        **more_content(session),
        **session_texts(session),
    }


def digest_of(content: Record) -> str:
    """SHA-256 of a content in one canonical form, as 64 hexadecimal figures."""
    return sha256(canonical(content).encode()).hexdigest()


def canonical(content: Record) -> str:
    """A content, or a part of one, as JSON in its one canonical form."""
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def read(content: Record) -> Published:
    """The agenda that a release keeps."""
    meeting: Record = content["meeting"]
    rooms = {room["code"]: PublishedRoom(**room) for room in content["rooms"]}
    own = tuple(PublishedKind(**kind) for kind in meeting.get("session_kinds", ()))
    kinds = {**OF_VOCABULARY, **{one.code: one for one in own}}
    bodies, alike = {code: body for body in content.get("bodies", ()) for code in body["sessions"]}, parts.Alike()
    days = {name: date.fromisoformat(meeting[name]) for name in ("starts_on", "ends_on")}
    placed = (parts.in_body(one, bodies.get(one["code"])) for one in content["sessions"])
    sessions = (read_session(one, rooms, kinds, alike) for one in placed)
    facts: Record = {**meeting, "session_kinds": own, **days}
    return Published(**facts, rooms=tuple(rooms.values()), all_sessions=tuple(sessions))


def read_session(
    one: Record, rooms: Mapping[str, PublishedRoom], kinds: Mapping[str, PublishedKind], alike: parts.Alike
) -> PublishedSession:
    times = {name: alike.moment(one[name]) for name in ("starts_at", "ends_at", "changed_at")}
    roles = tuple(map(alike.role, one["roles"]))
    more = {"room": rooms.get(one["room"]), "interpretation": tuple(one["interpretation"]), "roles": roles}
    rest = {**times, **more, "more": read_more(one.get("more"))}
    return PublishedSession(**{**one, **rest}, drawn_as=kinds.get(one["kind"], PublishedKind(one["kind"])))
