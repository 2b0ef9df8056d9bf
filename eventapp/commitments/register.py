"""One line of the register: a commitment as far as its reader may know it, where it stands, and whether it is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from eventapp.meetings.models import Meeting
from eventapp.outcomes.attribution import attribution, ceiling_of
from eventapp.outcomes.draft import DELIVERIES
from eventapp.outcomes.models import Delivery, Note
from eventapp.text import folded, plain, writable
from eventapp.vocabulary.countries import country
from eventapp.vocabulary.lines import ACTION_LINES

OPEN, DONE, DROPPED = "open", "done", "dropped"
OVER = (DONE, DROPPED)  # nothing more is waited for
NAMED = ("person", "organization")  # ceilings under which it may be said who does it


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
        told = (self.delivery.state if self.delivery else "") or self.note.current.delivery
        return told if told in DELIVERIES else OPEN

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
        return not self.is_over and self.due_on is not None and at.astimezone(self.meeting.tz).date() > self.due_on

    @property
    def who(self) -> str:
        """Who will do it, as far as the note may say: under its ceiling, and never the speaker by the back door."""
        now, ceiling = self.note.current, ceiling_of(self.note)
        if ceiling not in NAMED or not now.who:
            return attribution(self.note)
        names_speaker = bool(now.speaker) and folded(now.speaker) in folded(now.who)
        return attribution(self.note) if ceiling != "person" and names_speaker else now.who

    @property
    def countries(self) -> list[str]:
        """The countries it is about, and the speaker's where that may be said; ISO alpha-3."""
        now = self.note.current
        own = [now.country] if now.country and ceiling_of(self.note) in NAMED else []
        return list(dict.fromkeys([*now.countries, *own]))


@dataclass(frozen=True)
class Wish:
    """What somebody looks for in the register. Only what is set is asked for; what nobody knows is not asked for."""

    body: str = ""
    meeting: str = ""
    status: str = ""
    line: str = ""
    country: str = ""
    words: str = ""
    overdue: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wish":
        """The wish in the address of a page."""
        line, state, where = (asked.get(name, "") for name in ("line", "status", "country"))
        return cls(
            body=asked.get("body", "")[:20],
            meeting=asked.get("meeting", "")[:80],
            status=state if state in DELIVERIES else "",
            line=line if line in ACTION_LINES else "",
            country=where if where and country(where) else "",
            words=writable(asked.get("q", "").strip()[:100]),
            overdue=bool(asked.get("overdue")),
        )

    def fits(self, one: Commitment, at: datetime) -> bool:
        """Whether this commitment has all that is asked for. Names are found only as far as they may be told."""
        now = one.note.current
        told = plain(now.title, now.text, one.who, one.note.reference)
        return (
            (not self.body or self.body in one.bodies)
            and (not self.meeting or one.meeting.slug == self.meeting)
            and (not self.status or one.status == self.status)
            and (not self.line or self.line in now.action_lines)
            and (not self.country or self.country in one.countries)
            and (not self.overdue or one.is_overdue(at))
            and all(word in told for word in plain(self.words).split())
        )
