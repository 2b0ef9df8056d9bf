"""The meeting at this moment, in one sentence and two lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.balance.counting.reaching import count_present
from eventapp.desk.attention.lines import MOST_LINES, Line, Look
from eventapp.desk.attention.questions import attention
from eventapp.ground.text.i18n import _, ngettext
from eventapp.meetings.models import Meeting
from eventapp.record.progress import SessionProgress, progress_of_sessions
from eventapp.record.sessions.queries import Hours, hours_recorded, with_titles
from eventapp.registration.queries import places_taken

MOST_SESSIONS = 40


@dataclass(frozen=True)
class Today:
    """What the page shows above the table: a sentence, the lines that need attention, the light of each session."""

    sentence: str
    lines: tuple[Line, ...]
    more: int
    standings: tuple[SessionProgress[Hours], ...]
    shown: tuple[SessionProgress[Session], ...]  # as many of them as a page has room for

    @property
    def summary(self) -> str:
        """How far the writing is, in a sentence."""
        tones = [one.light.tone for one in self.standings]
        return _(
            "%(safe)s of %(all)s cleared, %(under)s under way, %(risk)s at risk",
            safe=tones.count("ok"),
            all=len(tones),
            under=tones.count("wait"),
            risk=tones.count("stop"),
        )


def today_at(meeting: Meeting, at: datetime) -> Today:
    """The meeting at this moment; the number of queries does not grow with its size."""
    sessions = hours_recorded(meeting)
    found = progress_of_sessions(meeting, sessions, at=at)
    lines, chosen = attention(Look(meeting, at, found)), nearest(found, at)
    titled = with_titles([one.session.id for one in chosen])
    return Today(
        sentence=" ".join(sentences(meeting, sessions, at)),
        lines=tuple(lines[:MOST_LINES]),
        more=max(len(lines) - MOST_LINES, 0),
        standings=tuple(found),
        shown=tuple(one.of(titled[one.session.id]) for one in chosen),
    )


def nearest(standings: Sequence[SessionProgress[Hours]], at: datetime) -> tuple[SessionProgress[Hours], ...]:
    """Return MOST_SESSIONS of these at the most, in their order: those at risk first, then those nearest to now."""

    def urgency(one: SessionProgress[Hours]) -> tuple[bool, float]:
        return one.light.tone != "stop", abs((one.session.starts_at - at).total_seconds())

    chosen = {one.session.id for one in sorted(standings, key=urgency)[:MOST_SESSIONS]}
    return tuple(one for one in standings if one.session.id in chosen)


def sentences(meeting: Meeting, sessions: list[Hours], at: datetime) -> Iterator[str]:
    running = [session for session in sessions if session.starts_at <= at < session.ends_at]
    coming = [session for session in sessions if session.starts_at > at]
    if running:
        yield ngettext("%(num)d session is running.", "%(num)d sessions are running.", len(running))
    elif coming:
        yield _("No session is running; the next is %(code)s.", code=coming[0].code)
    elif sessions:
        yield _("Every session is over.")
    else:
        yield _("No session is planned yet.")
    taken, came = places_taken(meeting), count_present(meeting)
    if came:
        yield ngettext(
            "%(came)s of %(num)d approved person has come.",
            "%(came)s of %(num)d approved people have come.",
            taken,
            came=came,
        )
    else:
        yield ngettext("%(num)d person is approved.", "%(num)d people are approved.", taken)
