"""Who said it: what was typed, read; and what may be told of it."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from eventapp.ground.text.policy import folded
from eventapp.record.notes.content import allowed_ceilings
from eventapp.record.notes.models import Note
from eventapp.record.sessions.speakers import Speaker
from eventapp.vocabulary.notes import lowest_ceiling
from eventapp.vocabulary.participants import STAKEHOLDER_TYPES


class Said(NamedTuple):
    """The source of a note as its fields have it."""

    role_id: int | None
    speaker: str
    organization: str
    stakeholder_type: str
    country: str


def said_by(typed: str, speakers: Iterable[Speaker]) -> Said:
    """The source that was typed: somebody of the session or its floor, or free words as "name, organization"."""
    for one in speakers:
        if folded(typed) in (folded(one.label), folded(one.name)):
            return Said(one.role_id, one.name, one.organization, one.stakeholder_type, one.country)
    name, comma, organization = typed.partition(",")
    return Said(None, name.strip(), organization.strip() if comma else "", "", "")


class Named(Protocol):
    """A revision, or a row with the same fields, as far as they name somebody."""

    @property
    def speaker(self) -> str: ...
    @property
    def organization(self) -> str: ...


class Source(Named, Protocol):
    """The same with what kind of stakeholder it is."""

    @property
    def stakeholder_type(self) -> str: ...


def typed_source(one: Named) -> str:
    """The source as somebody would type it again."""
    return ", ".join(part for part in (one.speaker, one.organization) if part)


def ceiling_of(note: Note) -> str:
    """The most that may be said of this note's source: its own ceiling, never above its session's."""
    return ceiling_under(note.session.rule, note.current.ceiling)


def ceiling_under(rule: str, ceiling: str) -> str:
    """A note's own ceiling, never above that of a session with this rule."""
    return lowest_ceiling(ceiling, allowed_ceilings(rule)[0])


def attribution(note: Note) -> str:
    """The source of this note in the words its ceiling allows; '' where nobody is to be named."""
    return attributed(note.current, ceiling_of(note))


def attributed(now: Source, ceiling: str) -> str:
    """The same of any row that has the fields of a source."""
    kind = STAKEHOLDER_TYPES[now.stakeholder_type].label if now.stakeholder_type in STAKEHOLDER_TYPES else ""
    if ceiling == "person" and now.speaker:
        return typed_source(now)
    if ceiling in ("person", "organization") and now.organization:
        return now.organization
    if ceiling == "nobody":
        return ""
    return kind
