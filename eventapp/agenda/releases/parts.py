"""A kind of session, a room, a body and somebody's part, as a release keeps them: the names of bodies follow."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.agenda.releases.texts import texts_if_any
from eventapp.agenda.sessions.more import identity
from eventapp.ground.db.types import Record
from eventapp.ground.text.worded import worded
from eventapp.meetings.kinds.queries import UNKNOWN
from eventapp.meetings.models import Body
from eventapp.vocabulary.sessions import KIND_MARKS, SESSION_KINDS, SPEAKING_ROLES


@dataclass(frozen=True, slots=True)
class PublishedKind:
    """A kind of session as it is named and drawn. One of the vocabulary has no name: it is in the reader's language."""

    code: str
    name: str = ""
    colour: str = UNKNOWN[0]
    shape: str = UNKNOWN[1]
    texts: Record = field(default_factory=dict, hash=False)  # in other languages
    in_vocabulary: ClassVar[bool] = True

    @property
    def label(self) -> str:
        """The kind, in the reader's language."""
        if self.name:
            return worded(self, "name")
        return SESSION_KINDS[self.code].label if self.code in SESSION_KINDS else self.code


OF_VOCABULARY = {code: PublishedKind(code, "", *mark) for code, mark in KIND_MARKS.items()}


@dataclass(frozen=True, slots=True)
class PublishedRole:
    """Somebody's part in a session: only parts that were confirmed are published."""

    role: str
    name: str
    name_own: str = ""
    name_language: str = ""
    position_held: str = ""
    organization: str = ""
    country: str = ""
    illustrative: bool = False
    guid: str = ""
    foreign_id: str = ""

    @property
    def label(self) -> str:
        """The part, in the reader's language."""
        return SPEAKING_ROLES[self.role].label if self.role in SPEAKING_ROLES else self.role


class Alike:
    """What is alike in many sessions of a release is in memory once: moments, those who have parts, words of these."""

    def __init__(self) -> None:
        self.moments: dict[str, datetime] = {}
        self.words: dict[str, str] = {}
        self.roles: dict[PublishedRole, PublishedRole] = {}

    def moment(self, written: str) -> datetime:
        """The moment that is written so, as ISO 8601."""
        if written not in self.moments:
            self.moments[written] = datetime.fromisoformat(written)
        return self.moments[written]

    def role(self, content: Record) -> PublishedRole:
        """The part that a release keeps so: one for all sessions in which somebody has the same."""
        words = {name: self.words.setdefault(one, one) for name, one in content.items() if isinstance(one, str)}
        found = PublishedRole(**{**content, **words})
        return self.roles.setdefault(found, found)


def role_content(role: SpeakingRole) -> Record:
    """Somebody in a part, as a release keeps them."""
    return {
        "role": role.role,
        "name": role.name,
        "name_own": role.name_own,
        "name_language": role.name_language,
        "position_held": role.position_held,
        "organization": role.organization,
        "country": role.country,
        "illustrative": role.illustrative,
        **identity(role),
    }


@dataclass(frozen=True, slots=True)
class PublishedRoom:
    """A room that a session is in."""

    code: str
    name: str
    seats: int
    where: str
    texts: Record = field(default_factory=dict, hash=False)  # in other languages, as of a room


def bodies_content(sessions: list[Session]) -> Record:
    """The bodies that sessions report to, each with the codes of its sessions; nothing where there are none."""
    bodies = {one.body.code: one.body for one in sessions if one.body}
    codes = {code: [one.code for one in sessions if one.body and one.body.code == code] for code in bodies}
    found = [{**body_content(bodies[code]), "sessions": codes[code]} for code in sorted(bodies)]
    return {"bodies": found} if found else {}


def body_content(body: Body) -> Record:
    return {"code": body.code, "name": body.name, **texts_if_any(body.texts)}


def in_body(session: Record, body: Record | None) -> Record:
    """The session with what its body is called, which the release may keep beside it."""
    if body is None:
        return session
    texts = {tongue: {**words} for tongue, words in session.get("texts", {}).items()}
    for words in texts.values():
        words.pop("body", None)
    for tongue, own in body.get("texts", {}).items():
        texts.setdefault(tongue, {})["body"] = own["name"]
    return {**session, "body": body["name"], "texts": texts}
