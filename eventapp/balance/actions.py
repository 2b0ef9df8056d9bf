from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from eventapp.balance.counting.stages import everybody
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import Nomination
from eventapp.balance.world import Revealed, for_the_world, revealed_by_list, without
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.ground.db import db, lock
from eventapp.ground.db.apart import Changed, with_prepared
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _, ngettext
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.deletions import count_deleted
from eventapp.meetings.retention.models import GenderCount
from eventapp.meetings.retention.origins import HAND
from eventapp.meetings.retention.queries import gender_count_of
from eventapp.meetings.retention.sorts import GENDER, NOMINEES
from eventapp.people.models import Person
from eventapp.record.sessions.queries import approved_records
from eventapp.record.summaries.actions import came_for_the_world, tell_attendance
from eventapp.review.reports.attendance import listed_numbers

MOST_NAMED = 5


@dataclass(frozen=True)
class Tally:
    """A balance that was counted before anything is held: for the world, beside whom a list of participants names."""

    at: datetime
    content: Record
    named: list[int]
    came: Mapping[int, Record | None]  # what the world reads of who came to a session, by the number of its record


def tally(meeting: Meeting, *, at: datetime) -> Tally:
    """Count it as it is now, with who came to each session whose summary the world reads."""
    named = sorted(listed_numbers(meeting))
    content = for_the_world(meeting, at=at)
    return Tally(
        at, content, named, {one.id: came_for_the_world(one, content, at) for one in approved_records(meeting)}
    )


def open_to_the_world(meeting: Meeting, *, by: Person | None, clock: Callable[[], datetime]) -> None:
    """As `open_balance`, in a transaction of its own; where it was never counted that is done with nothing held.

    Refused where another list of people agrees to be named each time meanwhile: the balance was held against that.
    """

    def prepare() -> Tally | None:
        db.session.rollback()  # as it is now
        return None if count_of(meeting) else tally(meeting, at=clock())

    def act(ready: Tally | None) -> None:
        open_balance(meeting, by=by, at=ready.at if ready else clock(), ready=ready)

    otherwise = _("The list of participants was changed again and again while the balance was counted. Open it again.")
    with_prepared(prepare, act, otherwise=otherwise)


def open_balance(meeting: Meeting, *, by: Person | None, at: datetime, ready: Tally | None = None) -> BalanceCount:
    """Let anyone read the balance of this meeting. It is counted the first time and never again.

    The difference of two countings could tell of one person, whatever each of them hides. So who came to a session,
    which stands in its summary, is told from now on, as far as it can be beside the balance. `Changed` where what is
    `ready` was counted beside another list.
    """
    lock(meeting)
    found = count_of(meeting)
    if found is None:
        if ready is not None and sorted(listed_numbers(meeting)) != ready.named:
            raise Changed
        found = count_balance(meeting, by=by, at=at, ready=ready)
    elif found.closed_at is None:
        return found
    found.closed_at = None
    record("opened the balance", meeting, by=by, at=at)
    return found


def count_balance(meeting: Meeting, *, by: Person | None, at: datetime, ready: Tally | None = None) -> BalanceCount:
    """Count the balance of a meeting that has none, and let the summaries of its sessions tell who came; in memory."""
    ready = ready or tally(meeting, at=at)
    found = BalanceCount(
        meeting=meeting,
        counted_at=ready.at,
        counted_by_id=by.id if by else None,
        content=ready.content,
        named=ready.named,
    )
    db.session.add(found)
    for state in approved_records(meeting):
        tell_attendance(state, found, ready.came)
    return found


def close_balance(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Let nobody but organizers read it. Closing it twice is no fault."""
    lock(meeting)
    found = count_of(meeting)
    if found is None or found.closed_at is not None:
        return
    found.closed_at = at
    record("closed the balance", meeting, by=by, at=at)


def hold_back(meeting: Meeting, *, by: Person | None, at: datetime, ready: Revealed | None = None) -> list[str]:
    """Take out of what anyone may read the stages that cannot stand beside the list that was just published, for good.

    The number of a stage less the names on the list is how many are not listed. It is counted so that they are five or
    more; but people agree later, or get a place. Whoever was named once counts as named: two lists can be compared.
    Returns the stages; history keeps them. What is `ready` was worked out before the lock, of the same list; where a
    balance is another by now, it is worked out anew.
    """
    lock(meeting)
    found = count_of(meeting)
    if found is None:
        return []
    if ready is None or not ready.is_of(found):
        ready = revealed_by_list(found, meeting)
    found.named, gone = ready.named, ready.stages
    if gone:
        found.content = without(found.content, gone)
        record("held back from the balance", meeting, by=by, at=at, stages=gone)
    return gone


def nominate(
    meeting: Meeting, nominations: Sequence[Nomination], *, by: Person | None, at: datetime, instead: bool = False
) -> int:
    """Put everybody on the list of nominees, or nobody; `instead` of those who stand there. Returns how many.

    Refused where one of them stands there already.
    """
    by_id, number = by.id if by else None, meeting.id
    facts = {"meeting_id": number, "added_at": at, "added_by_id": by_id}
    rows = [{**facts, "key": one.key, **asdict(one)} for one in nominations]  # before anything is held
    lock(meeting)
    if instead:
        db.session.execute(delete(Nominee).where(Nominee.meeting_id == meeting.id))
    here = set(db.session.scalars(select(Nominee.key).where(Nominee.meeting_id == meeting.id)))
    twice = [row["name"] for row in rows if row["key"] in here]
    if twice:
        raise Refused(
            ngettext(
                "%(names)s is on the list already. Nobody was added.",
                "%(num)s people are on the list already: %(names)s. Nobody was added.",
                len(twice),
                names=", ".join(twice[:MOST_NAMED]),
            )
        )
    if rows:
        db.session.execute(insert(Nominee), rows)
    record("listed nominees", meeting, by=by, at=at, people=len(nominations), instead=instead)
    return len(nominations)


def take_off(nominee: Nominee, *, by: Person | None, at: datetime) -> None:
    """Remove somebody from the list of nominees for good; history tells that, and not whom."""
    lock(nominee.meeting)
    record("took a nominee off the list", nominee.meeting, by=by, at=at)
    db.session.delete(nominee)


def take_all_off(meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Remove the list of nominees for good. What was counted for the public stays as it was counted."""
    lock(meeting)
    gone = len(list(db.session.scalars(select(Nominee.id).where(Nominee.meeting_id == meeting.id))))
    db.session.execute(delete(Nominee).where(Nominee.meeting_id == meeting.id))
    count_deleted(meeting, {NOMINEES: gone}, at=at, origin=HAND if by else "")
    record("removed the list of nominees", meeting, by=by, at=at, people=gone)


def keep_gender_count(meeting: Meeting, *, at: datetime) -> None:
    """Count women and men at each stage for good: then the gender of people may be deleted. Counted once."""
    lock(meeting)
    if gender_count_of(meeting) is not None:
        return
    groups = everybody(meeting, at=at).by(GENDER).groups
    counts = {group.code: dict(group.counts) for group in groups if group.code}
    db.session.add(GenderCount(meeting_id=meeting.id, counted_at=at, counts=counts))
    record("kept the count of women and men", meeting, by=None, at=at)
