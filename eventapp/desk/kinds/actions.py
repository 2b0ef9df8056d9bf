from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from eventapp.desk.kinds.queries import sessions_by_kind
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.latin import code_for
from eventapp.meetings.actions import add_part, change_part, remove_part
from eventapp.meetings.facts import KindFacts
from eventapp.meetings.kinds.actions import move_kind, own_kinds
from eventapp.meetings.models import Meeting, SessionKind
from eventapp.meetings.texts import change_texts
from eventapp.people.models import Person
from eventapp.vocabulary.sessions import BREAK

LONGEST_CODE = 20


@dataclass(frozen=True)
class KindContent:
    """What is said of a kind of session; `texts` has its name in the other languages of the meeting."""

    name: str
    colour: str
    shape: str
    chapter: str
    texts: Mapping[str, str]

    def facts(self, code: str, position: int) -> KindFacts:
        """The same with what nobody types."""
        chapter = "" if code == BREAK else self.chapter
        return KindFacts(
            code=code, name=self.name, colour=self.colour, shape=self.shape, chapter=chapter, position=position
        )


def add_kind(meeting: Meeting, content: KindContent, *, by: Person, at: datetime) -> None:
    """Give the meeting one more kind of session, at the end. Refused where one has this name."""
    rows = own_kinds(meeting)
    _refuse_same_name(rows, content.name)
    code = code_for(content.name, [one.code for one in rows], most=LONGEST_CODE, otherwise="kind")
    facts = content.facts(code, len(rows) + 1)
    row = add_part(meeting, facts, by=by, at=at)
    assert isinstance(row, SessionKind)  # noqa: S101 -- as its facts say
    _set_texts(row, content, by=by, at=at)


def change_kind(meeting: Meeting, code: str, content: KindContent, *, by: Person, at: datetime) -> None:
    """Say other things of a kind. Refused where another has this name."""
    row = kind_in(meeting, code)
    _refuse_same_name([one for one in meeting.kinds if one is not row], content.name)
    change_part(row, content.facts(code, row.position), by=by, at=at)
    _set_texts(row, content, by=by, at=at)


def place_kind(meeting: Meeting, code: str, place: int, *, by: Person, at: datetime) -> None:
    """Put a kind at this place of the list, the first is 1."""
    move_kind(kind_in(meeting, code), place, by=by, at=at)


def take_kind_away(meeting: Meeting, code: str, *, by: Person, at: datetime) -> None:
    """Remove a kind that no session is of. Refused for others, for the break, and for the last one beside it."""
    row = kind_in(meeting, code)
    count = sessions_by_kind(meeting).get(code, 0)
    if count:
        raise Refused(
            ngettext(
                "%(num)d session is of this kind, so it stays. Give that session another kind first.",
                "%(num)d sessions are of this kind, so it stays. Give those sessions another kind first.",
                count,
            )
        )
    if code == BREAK:
        raise Refused(_("Breaks are told from sessions by this kind, so it stays. You can rename it."))
    if {one.code for one in meeting.kinds} <= {code, BREAK}:
        raise Refused(_("This is the only kind beside the break, so it stays. Add another one first."))
    remove_part(row, by=by, at=at)


def kind_in(meeting: Meeting, code: str) -> SessionKind:
    """The kind with this code as a row of the meeting's own, locked with it. Refused where it is gone."""
    row = next((one for one in own_kinds(meeting) if one.code == code), None)
    if row is None:
        raise Refused(_("This kind of session is there no longer."))
    return row


def _set_texts(row: SessionKind, content: KindContent, *, by: Person, at: datetime) -> None:
    for tongue, name in content.texts.items():
        change_texts(row, tongue, {"name": name}, meeting=row.meeting, by=by, at=at)


def _refuse_same_name(others: Collection[SessionKind], name: str) -> None:
    if any(one.name.casefold() == name.casefold() for one in others):
        raise Refused(_("There is a kind of session “%(name)s” already. Write another name.", name=name), beside="name")
