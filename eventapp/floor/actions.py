from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.floor.actual.actions import begin_session
from eventapp.floor.asking import Asking, party
from eventapp.floor.models import ORDERS, PROTOCOL, Floor, FloorAct, Statement
from eventapp.floor.order import Order, number
from eventapp.floor.queries import UNDO, UNDO_LASTS, newest_act, running_in, settings_of, statements_of
from eventapp.floor.snapshots import changed_since, restore, snapshot
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.history.actions import record
from eventapp.people.models import Person

ASK, START, PAUSE, RESUME, STOP, MOVE, REMOVE, ORDER = (
    "ask",
    "start",
    "pause",
    "resume",
    "stop",
    "move",
    "remove",
    "order",
)


def ask(session: Session, asking: Asking, *, by: Person | None, at: datetime, illustrative: bool = False) -> Statement:
    """Somebody asks for the floor and waits where the order of the session puts them.

    Refused where they wait already, where nobody is named, and for a cancelled session.
    """
    lock(session)
    is_held(session)
    if not asking.name:
        raise Refused(_("Write who asks for the floor."))
    before = snapshot(session)
    waiting = queue_of(session)
    if any(is_same(asking, one) for one in waiting):
        raise Refused(_("%(name)s is on the list already.", name=asking.name))
    one = Statement(
        session=session,
        name=asking.name,
        organization=asking.organization,
        country=asking.country,
        category_id=asking.category_id,
        role_id=asking.role_id,
        registration_id=asking.registration_id,
        asked_at=at,
        pauses=[],
        illustrative=illustrative,
    )
    db.session.add(one)
    db.session.flush()
    number(order_of(session).with_newcomer(waiting, one))
    write_down(session, ASK, one, before, by=by, at=at)
    return one


def start(statement: Statement, *, after: Statement | None, by: Person | None, at: datetime) -> Statement:
    """It is this person's turn from now on; the turn of `after`, who had the floor, ends with it; the session runs.

    Starting somebody who speaks already changes nothing. Refused where somebody other than `after` has the floor: a
    colleague was faster; and for whoever has spoken or was taken off the list.
    """
    session = statement.session
    lock(session)
    lock(statement)
    is_held(session)
    if statement.is_running:
        return statement
    if not statement.is_waiting:
        raise Refused(_("%(name)s does not wait for the floor any more.", name=statement.name))
    before = snapshot(session)
    running = running_in(session)
    if running is not None and (after is None or running.id != after.id):
        raise Refused(_("%(name)s has the floor. A colleague was faster: look again, then choose.", name=running.name))
    if running is not None:
        end(running, at)
        db.session.flush()  # the database too lets one person speak at a time
    begin_session(session, by=by, at=at)
    statement.started_at, statement.place = at, 0
    db.session.flush()
    number(let_first_timers_pass(session, statement))
    write_down(session, START, statement, before, by=by, at=at)
    return statement


def pause(statement: Statement, *, by: Person | None, at: datetime) -> Statement:
    """The clock of this turn stands still from now on; pausing twice is pausing once. Refused out of turn."""
    before = has_floor(statement)
    if not statement.is_paused:
        statement.pauses = [*statement.pauses, [at.isoformat(), None]]
        write_down(statement.session, PAUSE, statement, before, by=by, at=at)
    return statement


def resume(statement: Statement, *, by: Person | None, at: datetime) -> Statement:
    """The clock of this turn goes on; resuming what runs changes nothing. Refused out of turn."""
    before = has_floor(statement)
    if statement.is_paused:
        statement.pauses = closed(statement, at)
        write_down(statement.session, RESUME, statement, before, by=by, at=at)
    return statement


def stop(statement: Statement, *, by: Person | None, at: datetime) -> Statement:
    """The turn is over. Stopping twice is stopping once. Refused for whoever has not begun."""
    if statement.is_over:
        return statement
    before = has_floor(statement)
    end(statement, at)
    write_down(statement.session, STOP, statement, before, by=by, at=at)
    return statement


def move(statement: Statement, place: int, *, by: Person | None, at: datetime) -> Statement:
    """Let this request wait at this place, 1 for the next; beyond an end counts as that end. Refused out of queue."""
    before = waits(statement)
    queue = [one for one in queue_of(statement.session) if one.id != statement.id]
    queue.insert(max(0, min(place - 1, len(queue))), statement)
    number(queue)
    write_down(statement.session, MOVE, statement, before, by=by, at=at)
    return statement


def remove(statement: Statement, *, by: Person | None, at: datetime) -> Statement:
    """Take a request off the list; doing it twice is doing it once. Refused for whoever has begun to speak."""
    if statement.removed_at is not None:
        return statement
    before = waits(statement)
    statement.removed_at = at
    number(queue_of(statement.session))
    write_down(statement.session, REMOVE, statement, before, by=by, at=at)
    return statement


def choose_order(session: Session, rule: str, *, first_timers_first: bool, by: Person | None, at: datetime) -> Floor:
    """From now on requests wait in this order, those that wait already too. Refused for a rule nobody knows."""
    lock(session)
    if rule not in ORDERS:
        raise Refused(_("Choose one of the orders of the list."))
    before = snapshot(session)
    settings = settings_of(session) or Floor(session=session)
    settings.rule, settings.first_timers_first = rule, first_timers_first
    db.session.add(settings)
    db.session.flush()
    number(order_of(session).sorted(queue_of(session)))
    write_down(session, ORDER, None, before, by=by, at=at)
    return settings


def undo(session: Session, *, by: Person | None, at: datetime) -> FloorAct:
    """Take back the last thing done. Refused for another's act, after ten minutes, and where there is nothing."""
    lock(session)
    act = newest_act(session)
    if act is None:
        raise Refused(_("There is nothing to undo."))
    if act.by_id != (by.id if by else None):
        raise Refused(_("Somebody else did the last thing on this list. Ask them to undo it."))
    if at - act.at > UNDO_LASTS:
        raise Refused(_("Ten minutes are over: this cannot be undone any more."))
    before = snapshot(session)
    restore(act)
    act.undone_at = at
    write_down(session, UNDO, act.statement, before, by=by, at=at)
    return act


def write_down(
    session: Session, act: str, statement: Statement | None, before: Record, *, by: Person | None, at: datetime
) -> None:
    db.session.add(
        FloorAct(
            session=session,
            statement=statement,
            act=act,
            at=at,
            by=by,
            before=changed_since(before, snapshot(session), at),
        )
    )
    verbs = {ASK: "asked for the floor", START: "given the floor", REMOVE: "taken off the floor list"}
    verb = verbs.get(act, f"floor: {act}")
    about = statement or session
    detail = {"session": session.code, "name": statement.label if statement else ""}
    record(verb, about, by=by, at=at, meeting_id=session.meeting_id, **detail)


def is_held(session: Session) -> None:
    if session.cancelled_at is not None:
        raise Refused(_("This session is cancelled: nobody takes the floor in it."))


def has_floor(statement: Statement) -> Record:
    """The list as it stands, once this turn is held; refused where it is not theirs."""
    lock(statement.session)
    lock(statement)
    if not statement.is_running:
        raise Refused(_("%(name)s does not have the floor now.", name=statement.name))
    return snapshot(statement.session)


def waits(statement: Statement) -> Record:
    lock(statement.session)
    lock(statement)
    if not statement.is_waiting:
        raise Refused(_("%(name)s does not wait for the floor any more.", name=statement.name))
    return snapshot(statement.session)


def end(statement: Statement, at: datetime) -> None:
    if statement.is_paused:
        statement.pauses = closed(statement, at)
    statement.ended_at = at


def closed(statement: Statement, at: datetime) -> list[list[str]]:
    pause, _open = statement.pauses[-1]
    return [*statement.pauses[:-1], [pause, at.isoformat()]]


def queue_of(session: Session) -> list[Statement]:
    db.session.flush()
    waiting = [one for one in statements_of(session) if one.is_waiting]
    return sorted(waiting, key=lambda one: (one.place, one.id))


def order_of(session: Session) -> Order:
    settings = settings_of(session)
    parties = {party(one.name, one.organization) for one in statements_of(session) if one.started_at}
    if settings is None:
        return Order(PROTOCOL, first_timers_first=False, heard=frozenset(parties))
    return Order(settings.rule, settings.first_timers_first, frozenset(parties))


def let_first_timers_pass(session: Session, pause: Statement) -> list[Statement]:
    """The queue after somebody began: colleagues of the same party are no first-time speakers any more."""
    queue, order = queue_of(session), order_of(session)
    if not order.first_timers_first:
        return queue
    mine = party(pause.name, pause.organization)
    colleagues = [one for one in queue if party(one.name, one.organization) == mine]
    queue = [one for one in queue if one not in colleagues]
    for one in colleagues:
        queue = order.with_newcomer(queue, one)
    return queue


def is_same(asking: Asking, one: Statement) -> bool:
    if asking.registration_id and asking.registration_id == one.registration_id:
        return True
    return (folded(asking.name), folded(asking.organization)) == (folded(one.name), folded(one.organization))
