"""Who said it: what was typed, read; and what may be told of it."""

from collections.abc import Iterable
from typing import NamedTuple

from eventapp.outcomes.draft import allowed_ceilings
from eventapp.outcomes.models import Note, Revision
from eventapp.outcomes.queries import Speaker
from eventapp.text import folded
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


def typed_source(revision: Revision) -> str:
    """The source as somebody would type it again."""
    return ", ".join(part for part in (revision.speaker, revision.organization) if part)


def ceiling_of(note: Note) -> str:
    """The most that may be said of this note's source: its own ceiling, never above its session's."""
    return lowest_ceiling(note.current.ceiling, allowed_ceilings(note.session.rule)[0])


def attribution(note: Note) -> str:
    """The source of this note in the words its ceiling allows; '' where nobody is to be named."""
    now, ceiling = note.current, ceiling_of(note)
    kind = STAKEHOLDER_TYPES[now.stakeholder_type].label if now.stakeholder_type in STAKEHOLDER_TYPES else ""
    if ceiling == "person" and now.speaker:
        return typed_source(now)
    if ceiling in ("person", "organization") and now.organization:
        return now.organization
    if ceiling == "nobody":
        return ""
    return kind
