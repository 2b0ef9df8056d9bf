"""What organizers are warned of because of who is registered, and of what people chose."""

from collections.abc import Iterator, Sequence
from functools import partial

from eventapp.agenda.models import CONFIRMED
from eventapp.agenda.planning.conflicts import Notice, day_of
from eventapp.agenda.planning.draft import DraftRole, DraftSession
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.my_agenda.queries import how_many_chose, registered_among

STEPS = 10  # of the seats: each tenth more that people want is another warning


def too_few_seats(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """Sessions that more people chose, with a star or by signing up, than their room seats."""
    chose = how_many_chose(meeting)
    for one in sessions:
        count = chose.get(one.id, 0)
        if one.room and count > one.room.seats:
            cause = (one.room.id, one.room.seats, count * STEPS // max(one.room.seats, 1))
            yield Notice("wanted", (one.code,), day_of(meeting, one.starts_at), partial(chosen_by, one, count), cause)


def not_registered(meeting: Meeting, sessions: Sequence[DraftSession]) -> Iterator[Notice]:
    """People with an address who agreed to a part and are not registered, each once, as soon as anybody is."""
    parts: dict[int, list[tuple[DraftSession, DraftRole]]] = {}
    for one in sorted(sessions, key=lambda each: (each.starts_at, each.code)):
        for role in one.roles:
            if role.person_id and role.state == CONFIRMED:
                parts.setdefault(role.person_id, []).append((one, role))
    registered = registered_among(meeting, parts) if parts else None
    if registered is None:
        return
    for person, theirs in parts.items():
        if person not in registered:
            codes = tuple(dict.fromkeys(one.code for one, _role in theirs))
            first, role = theirs[0]
            tell = partial(missing, role.name, codes)
            yield Notice("unregistered", codes, day_of(meeting, first.starts_at), tell, (person,))


def chosen_by(session: DraftSession, people: int) -> str:
    return _(
        "%(people)s people chose %(code)s with a star or signed up; %(room)s seats %(seats)s.",
        people=people,
        code=session.code,
        room=session.room.name if session.room else "",
        seats=session.room.seats if session.room else 0,
    )


def missing(name: str, codes: Sequence[str]) -> str:
    return _("%(name)s has a part in %(codes)s and is not registered.", name=name, codes=", ".join(codes))
