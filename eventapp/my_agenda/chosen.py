"""What somebody chose, as their pages show it: the session, why it is theirs, how its sign-up stands, what clashes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.models import IN_LINE, SIGNED
from eventapp.my_agenda.queries import chosen_by, counts, position, sessions_to_sign_up, sign_ups_of, stars_of
from eventapp.registration.models import Registration


@dataclass(frozen=True)
class Places:
    """How sign-up for a session stands, and somebody in it: `place` is 0 where they do not stand in line."""

    places: int
    free: int
    in_line: int
    closes: datetime
    is_open: bool
    state: str = ""
    place: int = 0


@dataclass(frozen=True)
class Choice:
    """One session as somebody may choose it."""

    session: PublishedSession
    part: str
    has_star: bool
    places: Places | None
    clashes: tuple[PublishedSession, ...] = ()


def places_of(
    meeting: Meeting, registration: Registration | None, codes: Collection[str], at: datetime
) -> dict[str, Places]:
    """How sign-up stands for those of these sessions that have one, by code."""
    sessions = sessions_to_sign_up(meeting, codes)
    counted = counts(sessions) if sessions else {}
    own = sign_ups_of(registration) if registration and sessions else {}
    found = {}
    for one in sessions:
        mine, taken = own.get(one.code), counted.get((one.id, SIGNED), 0)
        found[one.code] = Places(
            places=one.sign_up_places or 0,
            free=max(0, (one.sign_up_places or 0) - taken),
            in_line=counted.get((one.id, IN_LINE), 0),
            closes=one.sign_up_closes,
            is_open=at < one.sign_up_closes and meeting.closed_at is None,
            state=mine.state if mine else "",
            place=position(mine) if mine else 0,
        )
    return found


def choices(
    registration: Registration,
    agenda: Published,
    shown: Iterable[PublishedSession],
    parts: Mapping[str, str],
    at: datetime,
) -> list[Choice]:
    """These sessions, each with what this person chose of it and what else of theirs runs at the same time."""
    shown = list(shown)
    stars, known = (
        stars_of(registration),
        places_of(registration.meeting, registration, [one.code for one in shown], at),
    )
    own = [agenda.by_code[code] for code in mine(registration, parts) if code in agenda.by_code]
    return [
        Choice(
            one,
            parts.get(one.code, ""),
            one.code in stars,
            known.get(one.code),
            tuple(other for other in own if other.code != one.code and clash(one, other)),
        )
        for one in shown
    ]


def mine(registration: Registration, parts: Mapping[str, str]) -> list[str]:
    """The codes of what is this person's: with a part in it, a star, or a place in it; nobody is in a line only."""
    return sorted(parts.keys() | chosen_by(registration, in_line=False))


def clash(one: PublishedSession, other: PublishedSession) -> bool:
    """Whether both run at the same time; what is cancelled does not."""
    runs = not (one.cancelled or other.cancelled)
    return runs and one.starts_at < other.ends_at and other.starts_at < one.ends_at
