"""One line of the register: a commitment as far as its reader may know it, where it stands, and whether it is late."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NamedTuple

from eventapp.ground.text.policy import folded, search_key, writable
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import Theme
from eventapp.meetings.themes.queries import themes_of
from eventapp.record.extras.models import Delivery
from eventapp.record.notes.attribution import attributed, ceiling_of, ceiling_under
from eventapp.record.notes.content import DELIVERIES
from eventapp.record.notes.models import Note
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.lines import ACTION_LINES

OPEN, DONE, DROPPED = "open", "done", "dropped"
OVER = (DONE, DROPPED)  # nothing more is waited for
NAMED = ("person", "organization")  # ceilings under which it may be said who does it


def status_of(told: str, noted: str) -> str:
    """How far it is by what was told last, else by the note; open where nobody said."""
    code = told or noted
    return code if code in DELIVERIES else OPEN


def is_late(status: str, due_on: date | None, meeting: Meeting, at: datetime) -> bool:
    """Whether that day is over where the meeting was, and nobody said that it is done."""
    return status not in OVER and due_on is not None and at.astimezone(meeting.tz).date() > due_on


@dataclass(frozen=True)
class Counted:
    """How many commitments of a meeting and body ('' for the meeting's own) are as far, and until the same day."""

    meeting_id: int
    body: str
    status: str
    due_on: date | None
    number: int


class Searched(NamedTuple):
    """What words are looked for in, in plain values: its session's code and rule, and what the note says now."""

    id: int
    code: str
    number: int
    rule: str
    title: str
    text: str
    ceiling: str
    speaker: str
    organization: str
    stakeholder_type: str
    who: str

    @property
    def promiser(self) -> str:
        """Who will do it, as far as the note may say: under its ceiling, and never the speaker by the back door."""
        ceiling = ceiling_under(self.rule, self.ceiling)
        if ceiling not in NAMED or not self.who:
            return attributed(self, ceiling)
        names_speaker = bool(self.speaker) and folded(self.speaker) in folded(self.who)
        return attributed(self, ceiling) if ceiling != "person" and names_speaker else self.who


@dataclass(frozen=True)
class Commitment:
    """A note of this kind with the newest of what was told about its delivery."""

    note: Note
    delivery: Delivery | None

    @property
    def meeting(self) -> Meeting:
        return self.note.session.meeting

    @property
    def bodies(self) -> list[str]:
        """The codes of the bodies it was made to: its session's, or those of the meeting."""
        body = self.note.session.body
        return [body.code] if body else [one.code for one in self.meeting.bodies]

    @property
    def status(self) -> str:
        """How far it is, a code of the deliveries; open where nobody said."""
        return status_of(self.delivery.state if self.delivery else "", self.note.current.delivery)

    @property
    def due_on(self) -> date | None:
        """The day it is promised for now; the days before stand in the history."""
        return self.delivery.due_on if self.delivery else self.note.current.due_on

    @property
    def due_text(self) -> str:
        """By when, as it was said."""
        return self.delivery.due_text if self.delivery else self.note.current.due_text

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    def is_overdue(self, at: datetime) -> bool:
        """Whether its day is over where the meeting was, and nobody said that it is done."""
        return is_late(self.status, self.due_on, self.meeting, at)

    @property
    def searched(self) -> Searched:
        """What is looked for words in."""
        session, now = self.note.session, self.note.current
        own = (getattr(now, name) for name in Searched._fields[4:])
        return Searched(self.note.id, session.code, self.note.number, session.rule, *own)

    @property
    def who(self) -> str:
        """Who will do it, as far as the note may say."""
        return self.searched.promiser

    @property
    def countries(self) -> list[str]:
        """The countries it is about, and the speaker's where that may be said; ISO alpha-3."""
        now = self.note.current
        own = [now.country] if now.country and ceiling_of(self.note) in NAMED else []
        return list(dict.fromkeys([*now.countries, *own]))


@dataclass(frozen=True)
class CommitmentFilter:
    """What somebody looks for in the register. Only what is set is asked for; what nobody knows is not asked for."""

    body: str = ""
    meeting: str = ""
    status: str = ""
    line: str = ""
    country: str = ""
    words: str = ""
    overdue: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str], lines: Container[str] = ACTION_LINES) -> "CommitmentFilter":
        """The wish in the address of a page, where these action lines or themes may be asked for."""
        line, state, where = (asked.get(name, "") for name in ("line", "status", "country"))
        return cls(
            body=asked.get("body", "")[:20],
            meeting=asked.get("meeting", "")[:80],
            status=state if state in DELIVERIES else "",
            line=line if line in lines else "",
            country=where if where and country(where) else "",
            words=writable(asked.get("q", "").strip()[:100]),
            overdue=bool(asked.get("overdue")),
        )

    def address(self, **changes: object) -> dict[str, object]:
        """The words of an address that asks for the same, but for these changes."""
        asked = {**asdict(self), "q": self.words, "words": "", "overdue": int(self.overdue), **changes}
        return {name: value for name, value in asked.items() if value}

    def has_words(self, one: Searched) -> bool:
        """Whether every word is in what may be told of it: names are found only as far as they may be."""
        words = search_key(self.words).split()
        told = search_key(one.title, one.text, one.promiser, f"{one.code}-{one.number:02d}") if words else ""
        return all(word in told for word in words)


def themes_offered(meetings: Iterable[Meeting]) -> dict[str, Theme]:
    """The themes of these meetings, the shipped ones first, by what the register is asked for: C4, or code and title of
    one of a meeting's own, for P1 may be something else at another.
    """
    sets = [one for meeting in meetings for one in themes_of(meeting).sets]
    offered: dict[str, Theme] = {code: line for one in sets if one.is_shipped for code, line in one.themes.items()}
    for one in sets:
        for line in one.lines:
            offered.setdefault(f"{line.code} {line.short_title}", line)
    return offered
