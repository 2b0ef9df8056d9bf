"""One decision about many people, in short transactions: nobody waits long for the meeting."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from time import perf_counter

from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.ground.text.policy import figure
from eventapp.meetings.models import Meeting
from eventapp.registration.decisions.actions import for_each
from eventapp.registration.lists.listing import Look, asked_for
from eventapp.registration.models import PENDING, Registration

HELD, AT_ONCE = 0.1, 50  # seconds that the meeting is held for some of them; how many are read together


@dataclass
class Outcome:
    """For whom it was done, by number, and for whom it was refused: reference and sentence."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


def act_on_some(ids: Sequence[int], act: Callable[[Registration], object], outcome: Outcome) -> int:
    """Do this about the first of these, in this order, for as many as there is time for. Returns for how many.

    The transaction is the caller's. A refusal for one changes nothing for the others.
    """
    ends, some = perf_counter() + HELD, ids[:AT_ONCE]
    found = {one.id: one for one in db.session.scalars(select(Registration).where(Registration.id.in_(some)))}
    for place, number in enumerate(some, 1):
        tally = for_each([found[number]] if number in found else [], act)
        outcome.done += [one.number for one in tally.done]
        outcome.refused += [(one.reference, sentence) for one, sentence in tally.refused]
        if perf_counter() >= ends:
            return place
    return len(some)


def picked(meeting: Meeting, references: Collection[str]) -> list[int]:
    """The row numbers of the registrations of this meeting with these references, R-0165 for example, in order."""
    numbers = {figure(reference.removeprefix("R-")) for reference in references}
    query = select(Registration.id).where(Registration.meeting_id == meeting.id, Registration.number.in_(numbers))
    return list(db.session.scalars(query.order_by(Registration.number)))


def to_check(meeting: Meeting, look: Look, newest: int | None = None) -> list[int]:
    """The row numbers of those whom the look asks for and who wait for a decision, in order; none after `newest`."""
    query = asked_for(meeting, look).where(Registration.state == PENDING).order_by(Registration.id)
    return list(db.session.scalars(query if newest is None else query.where(Registration.id <= newest)))


def in_spans(numbers: Iterable[int]) -> str:
    """Numbers for an address: 1-40.43 for one to forty and 43."""
    spans = []
    for _gap, run in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        first, *rest = (number for _place, number in run)
        spans.append(f"{first}-{rest[-1]}" if rest else str(first))
    return ".".join(spans)


def from_spans(words: str, *, most: int) -> list[int]:
    """The numbers that in_spans() wrote, this many at the most; what makes no sense counts for nothing."""
    found: list[int] = []
    for span in words.split("."):
        first, _dash, last = span.partition("-")
        start = figure(first)
        found += range(start, min(figure(last, start), start + most) + 1) if start else ()
        if len(found) >= most:
            break
    return found[:most]
