"""What would become of the draft if it were made what a version holds, and what of that cannot be done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import select

from eventapp.agenda.models import CONFIRMED, Release, Session, SpeakingRole
from eventapp.agenda.queries import whole
from eventapp.agenda.releases.actions import differing_from, touched_since
from eventapp.agenda.releases.content import session_content
from eventapp.agenda.releases.difference import bodies_of
from eventapp.agenda.releases.parts import role_content
from eventapp.agenda.sessions.actions import facts_of
from eventapp.agenda.sessions.facts import SessionFacts
from eventapp.agenda.sessions.more import read_more
from eventapp.agenda.sessions.sub_items import SubItem, from_rows, rows_of
from eventapp.agenda.taking_back.parts import parts_back
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _
from eventapp.meetings.kinds.queries import kinds_of
from eventapp.meetings.models import Meeting

PLAIN = ("title", "agenda_item", "summary", "rule")
MORE = ("subtitle", "description", "language", "track", "links", "tags", "licence", "no_recording")
NOTHING: Record = {"links": [], "tags": [], "no_recording": False}


@dataclass(frozen=True)
class Target:
    """What one session of the draft is to be. `give` are parts of people without an address."""

    session: Session
    facts: SessionFacts
    texts: Record
    sub_items: tuple[SubItem, ...] = ()
    is_off: bool = False
    off_reason: str = ""
    give: Sequence[Record] = ()
    end: Sequence[SpeakingRole] = ()

    @property
    def is_another(self) -> bool:
        """Whether the session is not so already."""
        session = self.session
        stands = facts_of(session), texts_there(session.texts), from_rows(session.sub_items), session.is_off
        return bool(self.give or self.end) or stands != (self.facts, self.texts, self.sub_items, self.is_off)

    @property
    def after(self) -> Record:
        """What a version of it would hold."""
        facts, now = self.facts, session_content(self.session)
        roles = [one for one in self.session.roles if one.holds and one.state == CONFIRMED and one not in self.end]
        meeting = self.session.meeting
        room = next((one.code for one in meeting.rooms if one.id == facts.room_id), None)
        body = next((one.name for one in meeting.bodies if one.id == facts.body_id), "")
        times = {name: getattr(facts, name).isoformat() for name in ("starts_at", "ends_at")}
        more: Record = {name: value for name in MORE if (value := getattr(facts, name))}
        more["sub_items"] = rows_of(self.sub_items)
        return {
            **now,
            **{name: getattr(facts, name) for name in (*PLAIN, "kind")},
            **times,
            "room": room,
            "body": body,
            "interpretation": list(facts.interpretation),
            "cancelled": self.is_off,
            "more": {
                **now.get("more", {}),
                **dict.fromkeys(MORE, ""),
                **NOTHING,
                **more,
            },
            "texts": self.texts,
            "roles": [*map(role_content, roles), *self.give],
        }


@dataclass(frozen=True)
class WayBack:
    """What changes, what leaves the plan and waits without a time, and what cannot be brought back, in sentences."""

    release: Release
    targets: Sequence[Target]
    pool: Sequence[Target]
    lacks: Sequence[str]


@dataclass
class Place:
    """What the meeting has now of what a version names, and what is missing of it."""

    meeting: Meeting
    content: Record
    lacks: list[str] = field(default_factory=list)

    @cached_property
    def kinds(self) -> Collection[str]:
        """The codes of the kinds that the meeting has."""
        return kinds_of(self.meeting).keys()

    def room(self, session: Session, code: str | None) -> int | None:
        """The number of this room, where it is in use or the session is in it."""
        room = next((one for one in self.meeting.rooms if one.code == code), None)
        if code and (room is None or (room.closed_at and room.id != session.room_id)):
            name = room.name if room else self.named(code)
            self.lack(_("%(code)s gets no room: %(room)s is not in use any more.", code=session.code, room=name))
            return None
        return room.id if room else None

    def named(self, code: str) -> str:
        return next((str(one["name"]) for one in self.content["rooms"] if one["code"] == code), code)

    def body(self, session: Session, name: str) -> int | None:
        """The number of the body that it reported to: by its code where the version has that, else by its name."""
        code = bodies_of(self.content).get(session.code)
        body = next((one for one in self.meeting.bodies if (one.code == code if code else one.name == name)), None)
        if (code or name) and body is None:
            self.lack(
                _("%(code)s reports to no body: %(body)s is there no more.", code=session.code, body=name or code)
            )
        return body.id if body else None

    def kind(self, session: Session, code: str) -> str:
        """This kind of session, else the one that it has."""
        if code in self.kinds:
            return code
        self.lack(
            _("%(code)s keeps its kind: the meeting does not have “%(kind)s” any more.", code=session.code, kind=code)
        )
        return session.kind

    def lack(self, words: str) -> None:
        self.lacks.append(words)


def way_back(meeting: Meeting, release: Release) -> WayBack:
    """What making the draft what this version holds would change. The sessions are those of the draft, by number.

    Only those touched since, or of which a plain row tells something else, are read whole.
    """
    there = set(db.session.scalars(select(Session.code).where(Session.meeting_id == meeting.id)))
    numbers = touched_since(meeting, release) | differing_from(meeting, release)
    read = db.session.scalars(whole(meeting).where(Session.id.in_(numbers))) if numbers else ()
    rows = {one.code: one for one in read}
    place = Place(meeting, release.content)
    found = []
    for content in release.content["sessions"]:
        session = rows.pop(content["code"], None)
        if content["code"] not in there:
            place.lack(_("%(code)s, %(title)s, is there no more.", code=content["code"], title=content["title"]))
        elif session and not (content["cancelled"] and session.cancelled_at):
            found.append(target_of(session, content, place))
    pool = [
        Target(one, replace(facts_of(one), waits=True), texts_there(one.texts), from_rows(one.sub_items))
        for one in rows.values()
        if one.cancelled_at is None
    ]
    targets = sorted((one for one in found if one.is_another), key=lambda one: one.session.id)
    return WayBack(release, targets, sorted(pool, key=lambda one: one.session.id), place.lacks)


def target_of(session: Session, content: Record, place: Place) -> Target:
    """What this session is to be by what the version has of it."""
    more = read_more(content.get("more"))
    if content["cancelled"]:
        there = texts_there(session.texts), from_rows(session.sub_items)
        return Target(session, facts_of(session), *there, is_off=True, off_reason=more.off_reason)
    facts = replace(
        facts_of(session),
        **{name: content[name] for name in PLAIN},
        **{name: getattr(more, name) for name in MORE},
        kind=place.kind(session, content["kind"]),
        starts_at=datetime.fromisoformat(content["starts_at"]),
        ends_at=datetime.fromisoformat(content["ends_at"]),
        room_id=place.room(session, content["room"]),
        body_id=place.body(session, content["body"]),
        interpretation=tuple(content["interpretation"]),
        waits=False,
    )
    texts = {tongue: {**words} for tongue, words in content.get("texts", {}).items()}
    for words in texts.values():
        words.pop("body", None)
    give, end, stay = parts_back(session, content["roles"])
    place.lacks.extend(stay)
    return Target(session, facts, texts_there(texts), unheard(session, more.sub_items), give=give, end=end)


def unheard(session: Session, wanted: Sequence[SubItem]) -> tuple[SubItem, ...]:
    """What the version has within the session; who was not named in it since their part waits for an answer stays."""
    confirmed = {role.name for role in session.roles if role.holds and role.state == CONFIRMED}
    now = {one.title: one.person for one in from_rows(session.sub_items) if one.person not in confirmed}
    return tuple(one if one.person else replace(one, person=now.get(one.title, "")) for one in wanted)


def texts_there(texts: Record) -> Record:
    """The texts in other languages, without languages that have none."""
    return {tongue: words for tongue, words in texts.items() if words}
