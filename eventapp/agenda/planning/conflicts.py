"""What an organizer should look at before publishing. A warning tells; it never blocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.ground.text.dates import clock
from eventapp.ground.text.i18n import _, ngettext
from eventapp.ground.text.policy import folded
from eventapp.meetings.models import Meeting

HEADS = ("moderator", "chair")


@dataclass(frozen=True)
class Notice:
    """One thing to look at: which sessions it is about, its title and what it is in a sentence; `hard` comes first."""

    kind: str
    sessions: tuple[str, ...]
    title: str
    words: str
    hard: bool = False


def warnings(meeting: Meeting, sessions: list[Session]) -> list[Notice]:
    """Everything about these sessions that an organizer should look at, the hardest first, by time."""
    running = [session for session in sessions if session.cancelled_at is None]
    found = [*clashes(meeting, running)]
    for session in running:
        found += about_one(meeting, session)
    return sorted(found, key=lambda warning: not warning.hard)


def clashes(meeting: Meeting, sessions: list[Session]) -> Iterator[Notice]:
    """Two sessions at once in one room, and people who would have to be in two places."""
    for one, other in overlapping(sessions):
        if one.room_id is not None and one.room_id == other.room_id:
            yield room_clash(meeting, one, other)
    for one, other in overlapping(sessions):
        for role, same in double_booked(one, other):
            yield Notice(
                "person",
                (one.code, other.code),
                _("One person, two sessions."),
                _(
                    "%(name)s is %(part)s in %(one)s and %(other_part)s in %(other)s at %(time)s.",
                    name=role.name,
                    part=role.label.lower(),
                    one=one.code,
                    other_part=same.label.lower(),
                    other=other.code,
                    time=clock(max(one.starts_at, other.starts_at), meeting.zone),
                ),
            )


def overlapping(sessions: list[Session]) -> Iterator[tuple[Session, Session]]:
    """Every pair that runs at the same time, in order of time; sessions are given by time."""
    running: list[Session] = []
    for session in sorted(sessions, key=lambda one: (one.starts_at, one.code)):
        running = [one for one in running if one.ends_at > session.starts_at]
        yield from ((one, session) for one in running)
        running.append(session)


def room_clash(meeting: Meeting, one: Session, other: Session) -> Notice:
    shared = min(one.ends_at, other.ends_at) - max(one.starts_at, other.starts_at)
    minutes = int(shared.total_seconds() // 60)
    return Notice(
        "room",
        (one.code, other.code),
        ngettext("Room clash, %(num)s minute.", "Room clash, %(num)s minutes.", minutes),
        _(
            "%(one)s runs to %(end)s in %(room)s; %(other)s starts there at %(start)s.",
            one=one.code,
            end=clock(one.ends_at, meeting.zone),
            room=one.room.name if one.room else "",
            other=other.code,
            start=clock(other.starts_at, meeting.zone),
        ),
        hard=True,
    )


def double_booked(one: Session, other: Session) -> Iterator[tuple[SpeakingRole, SpeakingRole]]:
    """The same person's parts in both: the same address, or the same name where an address is not known."""
    for mine in (role for role in one.roles if role.holds):
        for theirs in (role for role in other.roles if role.holds):
            known = mine.person_id and theirs.person_id
            if mine.person_id == theirs.person_id if known else folded(mine.name) == folded(theirs.name):
                yield mine, theirs
                break


def about_one(meeting: Meeting, session: Session) -> Iterator[Notice]:
    """What one session lacks, or has too much of."""
    code, room = session.code, session.room
    first, last = session.starts_at, session.ends_at - timedelta(microseconds=1)  # midnight itself ends the day
    first_day, last_day = (moment.astimezone(meeting.tz).date() for moment in (first, last))
    if not meeting.starts_on <= first_day <= meeting.ends_on:
        words = _("%(code)s is on a day the meeting does not have.", code=code)
        yield Notice("day", (code,), _("Outside the meeting."), words, hard=True)
    elif last_day != first_day:
        words = _("%(code)s runs past midnight.", code=code)
        yield Notice("day", (code,), _("Outside the day."), words)
    if room and room.closed_at:
        words = _("%(code)s is in %(room)s, which is closed.", code=code, room=room.name)
        yield Notice("closed", (code,), _("Room is closed."), words, hard=True)
    if room and session.expected and session.expected > room.seats:
        words = _(
            "%(people)s people are expected in %(code)s; %(room)s seats %(seats)s.",
            people=session.expected,
            code=code,
            room=room.name,
            seats=room.seats,
        )
        yield Notice("small", (code,), _("Room may be small."), words)
    if session.kind == "break":
        return
    parts = {role.role for role in session.roles if role.holds}
    if not parts & set(HEADS):
        words = _("Nobody chairs or moderates %(code)s yet.", code=code)
        yield Notice("moderator", (code,), _("No moderator."), words)
    if "rapporteur" not in parts:
        words = _("Nobody writes down what is said in %(code)s yet.", code=code)
        yield Notice("rapporteur", (code,), _("No rapporteur."), words)
