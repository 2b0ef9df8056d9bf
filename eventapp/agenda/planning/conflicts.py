"""What an organizer should look at before publishing. A warning tells; it never blocks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import sha256
from itertools import islice

from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.agenda.planning.kinds import HARD, KINDS
from eventapp.ground.text.dates import clock
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting
from eventapp.vocabulary.sessions import BREAK

HEADS = frozenset({"moderator", "chair"})
MOST = 2000  # of a kind; an agenda that has more is told of so many
Found = tuple[str, Callable[[], str], tuple[object, ...]]  # kind, sentence and cause


@dataclass(slots=True)  # not frozen: to make one would take three times as long, and there may be thousands
class Notice:
    """One thing to look at: its kind, the sessions it is about, the day, and what it is in a sentence.

    `cause` is what beside them it comes from: times, a room, a person, numbers.
    """

    kind: str
    sessions: tuple[str, ...]
    day: date
    tell: Callable[[], str] = field(repr=False, compare=False)  # said where it is shown; there may be thousands
    cause: tuple[object, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other one: another time, room or person makes another warning."""
        words = "\n".join([self.kind, *self.sessions, "", *map(str, self.cause)])
        return sha256(words.encode()).hexdigest()[:32]

    @property
    def title(self) -> str:
        """The kind, in the reader's language."""
        return str(KINDS[self.kind])

    @property
    def words(self) -> str:
        """What it is, in a sentence."""
        return self.tell()

    @property
    def hard(self) -> bool:
        """Whether it cannot be held so."""
        return self.kind in HARD


def warnings(meeting: Meeting, sessions: Sequence[DraftSession]) -> list[Notice]:
    """Everything about these sessions that an organizer should look at: by kind, the hardest first, then by time."""
    by_time = sorted(sessions, key=lambda one: (one.starts_at, one.code))
    found = [*islice(room_clashes(meeting, by_time), MOST), *islice(person_clashes(meeting, by_time), MOST)]
    found += islice(breaks_taken(meeting, by_time), MOST)
    for session in by_time:
        found += about_one(meeting, session)
    order = list(KINDS)
    return sorted(found, key=lambda one: order.index(one.kind))


def day_of(meeting: Meeting, moment: datetime) -> date:
    return moment.astimezone(meeting.tz).date()


def overlapping(sessions: Sequence[DraftSession]) -> Iterator[tuple[DraftSession, DraftSession]]:
    """Every pair that runs at the same time, in order of time; sessions are given by time."""
    running: list[DraftSession] = []
    for session in sessions:
        running = [one for one in running if one.ends_at > session.starts_at]
        yield from ((one, session) for one in running)
        running.append(session)


def room_clashes(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Two sessions at once in one room."""
    by_room: dict[int, list[DraftSession]] = {}
    for session in sessions:
        if session.room:
            by_room.setdefault(session.room.id, []).append(session)
    for here in by_room.values():
        for one, other in overlapping(here):
            yield room_clash(meeting, one, other)


def room_clash(meeting: Meeting, one: DraftSession, other: DraftSession) -> Notice:
    def tell() -> str:
        minutes = int((min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)).total_seconds() // 60)
        return ngettext(
            "%(one)s and %(other)s are both in %(room)s at %(start)s, for %(num)s minute.",
            "%(one)s and %(other)s are both in %(room)s at %(start)s, for %(num)s minutes.",
            minutes,
            one=one.code,
            other=other.code,
            room=one.room.name if one.room else "",
            start=clock(max(one.starts_at, other.starts_at), meeting.zone),
        )

    cause = (one.room.id if one.room else None, *times_of(one), *times_of(other))
    return Notice("room", (one.code, other.code), day_of(meeting, other.starts_at), tell, cause)


def times_of(session: DraftSession) -> tuple[datetime, datetime]:
    return session.starts_at, session.ends_at


def person_clashes(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """People who would have to be in two places: the same address, or the same name where one is not known."""
    by_person: dict[int | str, dict[str, tuple[DraftSession, DraftRole]]] = {}
    keys = {name: folded(name) for name in {role.name for session in sessions for role in session.roles}}
    for session in sessions:
        for role in session.roles:
            if role.holds:
                by_person.setdefault(keys[role.name], {}).setdefault(session.code, (session, role))
                if role.person_id:
                    by_person.setdefault(role.person_id, {}).setdefault(session.code, (session, role))
    seen: set[tuple[str, str, str]] = set()
    for theirs in by_person.values():
        if len(theirs) == 1:  # as it is for most
            continue
        for one, other in overlapping([session for session, _role in theirs.values()]):
            mine, same = theirs[one.code][1], theirs[other.code][1]
            is_other = mine.person_id and same.person_id and mine.person_id != same.person_id
            pair = one.code, other.code, keys[mine.name]
            if not is_other and pair not in seen:
                seen.add(pair)
                yield person_clash(meeting, (one, mine), (other, same))


def person_clash(
    meeting: Meeting, first: tuple[DraftSession, DraftRole], second: tuple[DraftSession, DraftRole]
) -> Notice:
    (one, role), (other, same) = first, second

    def tell() -> str:
        return _(
            "%(name)s is %(part)s in %(one)s and %(other_part)s in %(other)s at %(time)s.",
            name=role.name,
            part=role.label.lower(),
            one=one.code,
            other_part=same.label.lower(),
            other=other.code,
            time=clock(max(one.starts_at, other.starts_at), meeting.zone),
        )

    who = role.person_id or folded(role.name)
    cause = (who, *times_of(one), *times_of(other))
    return Notice("person", (one.code, other.code), day_of(meeting, other.starts_at), tell, cause)


def breaks_taken(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Sessions that run while those in them should have a break: one for everybody, or one in the same room."""
    places = {one.room.id for one in sessions if one.room and one.kind != BREAK}
    for one, other in overlapping(sessions if any(one.kind == BREAK for one in sessions) else ()):
        if (one.kind == BREAK) == (other.kind == BREAK):
            continue
        rest, session = (one, other) if one.kind == BREAK else (other, one)
        if rest.room is None or rest.room.id not in places or (session.room and session.room.id == rest.room.id):
            yield break_taken(meeting, session, rest)


def break_taken(meeting: Meeting, session: DraftSession, rest: DraftSession) -> Notice:
    def tell() -> str:
        return _(
            "%(code)s runs from %(start)s to %(end)s, over the break %(rest)s at %(time)s.",
            code=session.code,
            start=clock(session.starts_at, meeting.zone),
            end=clock(session.ends_at, meeting.zone),
            rest=rest.code,
            time=clock(rest.starts_at, meeting.zone),
        )

    cause = (session.room.id if session.room else None, *times_of(session), *times_of(rest))
    return Notice("break", (session.code, rest.code), day_of(meeting, session.starts_at), tell, cause)


def about_one(meeting: Meeting, session: DraftSession) -> Iterator[Notice]:
    """What one session lacks, or has too much of."""
    day = day_of(meeting, session.starts_at)
    for kind, tell, cause in about_its_place(meeting, session, day):
        yield Notice(kind, (session.code,), day, tell, cause)
    if session.kind != BREAK:
        for kind, tell, cause in about_its_people(session):
            yield Notice(kind, (session.code,), day, tell, cause)


def about_its_place(meeting: Meeting, session: DraftSession, day: date) -> Iterator[Found]:
    code, room = session.code, session.room
    last = session.ends_at - timedelta(microseconds=1)  # midnight itself ends the day
    if not meeting.starts_on <= day <= meeting.ends_on:
        yield "outside", lambda: _("%(code)s is on a day the meeting does not have.", code=code), (day,)
    elif day_of(meeting, last) != day:
        yield "midnight", lambda: _("%(code)s runs past midnight.", code=code), times_of(session)
    if room and room.closed_at:
        yield "closed", lambda: _("%(code)s is in %(room)s, which is closed.", code=code, room=room.name), (room.id,)
    if room and session.expected and session.expected > room.seats:
        yield "small", partial(too_many, session), (room.id, room.seats, session.expected)
    if room and session.sign_up_places and session.sign_up_places > room.seats:
        yield "small", partial(too_many_places, session), (room.id, room.seats, "places", session.sign_up_places)


def about_its_people(session: DraftSession) -> Iterator[Found]:
    code = session.code
    for role in session.roles:
        if not role.holds:
            yield "declined", partial(declined, session, role), (role.person_id or folded(role.name), role.role)
    parts = {role.role for role in session.roles if role.holds}
    if not parts & HEADS:
        yield "moderator", lambda: _("Nobody chairs or moderates %(code)s yet.", code=code), ()
    if "rapporteur" not in parts:
        yield "rapporteur", lambda: _("Nobody writes down what is said in %(code)s yet.", code=code), ()


def too_many(session: DraftSession) -> str:
    return _(
        "%(people)s people are expected in %(code)s; %(room)s seats %(seats)s.",
        people=session.expected,
        code=session.code,
        room=session.room.name if session.room else "",
        seats=session.room.seats if session.room else 0,
    )


def too_many_places(session: DraftSession) -> str:
    return _(
        "%(people)s people may sign up for %(code)s; %(room)s seats %(seats)s.",
        people=session.sign_up_places,
        code=session.code,
        room=session.room.name if session.room else "",
        seats=session.room.seats if session.room else 0,
    )


def declined(session: DraftSession, role: DraftRole) -> str:
    return _(
        "%(name)s declined to be %(part)s in %(code)s.", name=role.name, part=role.label.lower(), code=session.code
    )
