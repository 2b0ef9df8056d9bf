"""The illustrative floor: who spoke in the sessions of the day and how long; people of a session, then delegations."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from eventapp.agenda.models import Session
from eventapp.demo.story import Story
from eventapp.floor.actions import ask, pause, resume, start, stop
from eventapp.floor.asking import for_registration, for_role
from eventapp.floor.queries import floor_of, may_ask, registration_at, running_in
from eventapp.people.models import Person
from eventapp.registration.models import Registration
from eventapp.registration.queries import approved

LED = ("chair", "moderator")  # they give the floor and do not take it
BEFORE_A_NOTE = timedelta(minutes=3)
TURN = timedelta(minutes=4)
PAUSE = timedelta(seconds=40)
DELEGATIONS = 3


def tell(story: Story, session: Session, noted: list[tuple[datetime, str]], order: int, keeper: Person) -> None:
    """Put the turns of one session in the story: those with a note begin before it. `order` chooses the delegations."""
    opens = session.starts_at + timedelta(minutes=1)
    story.add(opens, partial(let_people_ask, session, keeper))
    story.add(opens + TURN, partial(let_delegations_ask, session, order, keeper))
    seen: set[str] = set()
    at = opens + TURN
    for moment, name in noted:
        if name and name not in seen:
            seen.add(name)
            at = moment - BEFORE_A_NOTE
            story.add(at, partial(give, session, name, keeper))
    while (at := at + TURN) < session.ends_at - TURN:
        story.add(at, partial(give, session, "", keeper))
    interrupted = at - TURN / 2
    story.add(interrupted, partial(with_turn, session, pause, keeper))
    story.add(interrupted + PAUSE, partial(with_turn, session, resume, keeper))
    story.add(at, partial(end, session, keeper))


def let_people_ask(session: Session, keeper: Person, at: datetime) -> None:
    for role in may_ask(session):
        if role.role not in LED:
            asking = for_role(role, registration_at(session, role.person_id))
            ask(session, asking, by=keeper, at=at, illustrative=True)


def let_delegations_ask(session: Session, order: int, keeper: Person, at: datetime) -> None:
    """A few States that nobody of the session speaks for."""
    speakers = {role.person_id for role in session.roles}
    guests = [one for one in approved(session.meeting) if one.delegation.is_state and one.person_id not in speakers]
    first = {one.delegation_id: one for one in reversed(guests)}  # one for each State
    for registration in islice(sorted(first.values(), key=number_of), order * DELEGATIONS, (order + 1) * DELEGATIONS):
        ask(session, for_registration(registration), by=keeper, at=at, illustrative=True)


def number_of(registration: Registration) -> int:
    return registration.number


def give(session: Session, name: str, keeper: Person, at: datetime) -> None:
    """The floor to whoever has this name, else to the next in the queue; where nobody waits, the turn ends."""
    waiting = floor_of(session).waiting
    one = next((one for one in waiting if one.name == name), waiting[0] if waiting else None)
    if one is not None:
        start(one, after=running_in(session), by=keeper, at=at)
    else:
        end(session, keeper, at)


def end(session: Session, keeper: Person, at: datetime) -> None:
    with_turn(session, stop, keeper, at)


def with_turn(session: Session, act: Callable[..., object], keeper: Person, at: datetime) -> None:
    running = running_in(session)
    if running is not None:
        act(running, by=keeper, at=at)
