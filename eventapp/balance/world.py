"""What anyone may read of a balance: no group under five, shown or worked out, alone or beside the list of names."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from eventapp.balance.counting.breakdowns import BREAKDOWNS
from eventapp.balance.counting.stages import HOLDING, PRESENT, STAGES, Kinds, everybody, registered_people
from eventapp.balance.suppression import Covered, Names, all_covered, revealing
from eventapp.checkin.models import BalanceCount
from eventapp.ground.db.types import Record
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import gender_count_of
from eventapp.meetings.retention.sorts import GENDER
from eventapp.review.reports.attendance import listed_numbers


def for_the_world(meeting: Meeting, *, at: datetime) -> Record:
    """Return what anyone may read, as JSON keeps it.

    The list of participants, as it would be printed now, is held against it whether or not a report prints one: what is
    told is told for good, and a list may come later.
    """
    found, named = everybody(meeting, at=at), listed_numbers(meeting)
    kinds = Kinds(registered_people(meeting), named)
    tables = {
        name: (
            {group.code: group.counts for group in found.by(name, apart=True).groups},
            Names(kinds.by(name), HOLDING),
        )
        for name in BREAKDOWNS
        if name != GENDER or not found.gender_count  # of no list can it be said any more how many women it names
    }
    shown = all_covered(tables, found.totals, list(STAGES), first=PRESENT)
    totals = {stage: people for each in shown.values() for stage, people in each.totals.items()}
    parts = {
        name: {stage: [[list(block), people] for block, people in rows] for stage, rows in each.blocks.items()}
        for name, each in shown.items()
    }
    return {"totals": totals, "breakdowns": parts}


class Revealed(NamedTuple):
    """What the list of participants takes from a balance, and what that was worked out of: what was counted, and whom
    lists had named before.
    """

    content: Record
    before: list[int]
    named: list[int]
    stages: list[str]

    def is_of(self, found: BalanceCount) -> bool:
        """Whether nothing was taken from it since, and nobody named."""
        return (self.content, self.before) == (found.content, found.named)


def revealed_by_list(found: BalanceCount, meeting: Meeting) -> Revealed:
    """Work out what the list, as it would be printed now, takes from this balance."""
    named = sorted({*found.named, *listed_numbers(meeting)})
    are_new = named != found.named
    return Revealed(
        found.content, found.named, named, revealing_stages(found.content, meeting, set(named), are_new=are_new)
    )


def revealing_stages(content: Record, meeting: Meeting, named: Collection[int], *, are_new: bool) -> list[str]:
    """Return the stages of what was counted that cannot stand beside a list of these registrations, in their order.

    Where gender was deleted nobody can say how many women a list names beside those of before: if it names others,
    none of the stages that hold it can.
    """
    kinds, gone, is_forgotten = Kinds(registered_people(meeting), named), set[str](), bool(gender_count_of(meeting))
    for name, by_stage in content["breakdowns"].items():
        if name == GENDER and is_forgotten:
            gone.update(HOLDING if are_new and by_stage else ())
            continue
        rows = {stage: tuple((tuple(block), people) for block, people in each) for stage, each in by_stage.items()}
        gone.update(revealing(Covered(content["totals"], rows), Names(kinds.by(name), HOLDING)))
    return [stage for stage in STAGES if stage in gone]


def without(content: Record, stages: Collection[str]) -> Record:
    """Return the same without these stages: neither their totals nor their groups."""
    parts = {
        name: {stage: rows for stage, rows in by_stage.items() if stage not in stages}
        for name, by_stage in content["breakdowns"].items()
    }
    totals = {stage: people for stage, people in content["totals"].items() if stage not in stages}
    return {**content, "totals": totals, "breakdowns": parts}
