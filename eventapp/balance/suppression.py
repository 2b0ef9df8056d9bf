"""Covering: a table of groups and stages as anyone may read it, with no group under five, shown or worked out.

No number is hidden: groups that are small, or whose change from one stage to the next is small, are counted together.
Groups that were put together at one stage stay together at every later one, and every group shown is of five people
or more. So whoever adds, subtracts and compares all numbers of the table cannot say of any group that it was smaller
than five: everybody of its row could have been of that group. `tests/balance/test_suppression.py` tries.

Nor can they beside the list of participants, which says by name who has a place and agreed to be listed. A stage that
holds the list tells of five people more than it names: of so many in all, and of so many in each group it tells apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

LEAST = 5
Counts = Mapping[str, Mapping[str, int]]  # group -> stage -> people
Block = tuple[str, ...]
Blocks = tuple[tuple[Block, int], ...]


@dataclass(frozen=True)
class Names:
    """A list that stands beside the table: how many of each group it names, and the stages that hold all of them."""

    people: Mapping[str, int] = field(default_factory=dict)
    stages: Sequence[str] = ()

    def number(self, stage: str, block: Block | None = None) -> int:
        """How many of a block, or of all, the list names; nobody at a stage that need not hold them."""
        if stage not in self.stages:
            return 0
        return sum(self.people.values()) if block is None else sum(self.people.get(group, 0) for group in block)


NOBODY = Names()


@dataclass(frozen=True)
class Covered:
    """What may be shown: the total of each stage that may be, and for some of them the groups counted together."""

    totals: Mapping[str, int]
    blocks: Mapping[str, Blocks]


def covered(
    counts: Counts, totals: Mapping[str, int], stages: Sequence[str], first: str = "", names: Names = NOBODY
) -> Covered:
    """Return the table with its small groups counted together; a stage that tells of fewer than five is left out.

    Groups are told apart at those stages that show the most of them: a stage where hardly anybody was lost would put
    all groups together, so it has its total only. The stage `first` is told before all others, its total and its
    groups: a report says them too, and who came to a session is told by them. `names` stand beside all of it; whether
    the total of a stage can stand beside them and the groups of another one, `telling` says.
    """
    shown = shown_stages(totals, stages, first, names)
    people = {group: of_stage for group, of_stage in counts.items() if any(of_stage[stage] for stage in shown)}
    ways = (apart_at(chosen, people, names) for chosen in subsets(shown))
    best = max(ways, key=lambda blocks: (first in blocks, rows_in(blocks), -len(blocks)), default={})
    return Covered({stage: totals[stage] for stage in shown}, in_order(best, list(people)))


def all_covered(
    tables: Mapping[str, tuple[Counts, Names]], totals: Mapping[str, int], stages: Sequence[str], first: str = ""
) -> dict[str, Covered]:
    """Return several tables of the same people, each beside its names, with the same stages."""
    left = list(stages)
    while True:
        shown = {name: covered(counts, totals, left, first, names) for name, (counts, names) in tables.items()}
        gone = {one for name, (_counts, names) in tables.items() for one in revealing(shown[name], names)}
        if not gone:
            return shown
        left.remove(max(gone, key=left.index))  # without the last the groups of the others may be told apart


def revealing(shown: Covered, names: Names) -> list[str]:
    """Return the stages of this table that cannot stand beside these names, in their order."""
    return [stage for stage in names.stages if stage in shown.totals and is_revealing(stage, shown, names)]


def is_revealing(stage: str, shown: Covered, names: Names) -> bool:
    """Say whether the names leave fewer than five: of all, of a group, or of those whom no other stage places either.

    That everybody is named is told by no number: it would say that whoever is not named was not there, and one who
    takes their name off the list later would be the difference.
    """
    people = shown.totals[stage]
    if stage in shown.blocks:
        return any(number - names.number(stage, block) < LEAST for block, number in shown.blocks[stage])
    others = (rows for other, rows in shown.blocks.items() if other not in names.stages)
    return min([people - names.number(stage), *(people - placed(stage, rows, names) for rows in others)]) < LEAST


def placed(stage: str, rows: Blocks, names: Names) -> int:
    """Return of how many the group is known: of each block as many as are named or counted, whichever are more."""
    known = [(names.number(stage, block), number) for block, number in rows]
    return names.number(stage) + sum(max(number - named, 0) for named, number in known)


def rows_in(blocks: Mapping[str, Blocks]) -> int:
    return sum(len(rows) for rows in blocks.values())


def subsets(stages: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Walk every choice of stages in their order, the whole first."""
    return (chosen for many in range(len(stages), 0, -1) for chosen in combinations(stages, many))


def apart_at(stages: Sequence[str], people: Counts, names: Names = NOBODY) -> dict[str, Blocks]:
    """Return the groups that can be told apart at these stages; a stage where none can be is left out."""
    blocks: dict[str, Blocks] = {}
    together: list[Block] = [(group,) for group in people]
    before = ""
    for stage in stages:
        together = merged(together, people, stage, before, names)
        if len(together) > 1:
            blocks[stage] = tuple((block, number(people, block, stage)) for block in together)
        before = stage
    return blocks


def shown_stages(totals: Mapping[str, int], stages: Sequence[str], first: str = "", names: Names = NOBODY) -> list[str]:
    """Return the stages whose number, and whose change from every other one shown, is that of five people or none."""
    shown: set[str] = set()
    for stage in sorted(stages, key=lambda one: one != first):
        changes = (abs(totals[one] - totals[stage]) for one in shown)
        if totals[stage] - names.number(stage) >= LEAST and not any(map(is_small, changes)):
            shown.add(stage)
    return [stage for stage in stages if stage in shown]


def merged(blocks: Sequence[Block], people: Counts, stage: str, before: str, names: Names = NOBODY) -> list[Block]:
    """Put groups together until each is of five people beside the named, and as many or five fewer than before."""
    found = list(blocks)
    while len(found) > 1:
        sizes = {block: number(people, block, stage) for block in found}
        small = [
            block
            for block in found
            if sizes[block] - names.number(stage, block) < LEAST or is_small(change_of(block, people, stage, before))
        ]
        if not small:
            break
        one = min(small, key=lambda block: (sizes[block], block))
        other = min((block for block in found if block != one), key=lambda block: (sizes[block], block))
        found = [block for block in found if block not in (one, other)] + [one + other]
    return found


def change_of(block: Block, people: Counts, stage: str, before: str) -> int:
    return abs(number(people, block, before) - number(people, block, stage)) if before else 0


def is_small(people: int) -> bool:
    """Say whether so many people are a group that is not to be told of; nobody is no group."""
    return 0 < people < LEAST


def number(people: Counts, block: Block, stage: str) -> int:
    return sum(people[group][stage] for group in block)


def in_order(blocks: Mapping[str, Blocks], groups: Sequence[str]) -> dict[str, Blocks]:
    """Return the same with the groups of a block side by side at every stage, so that a table can show them as one."""
    order = list(groups)
    for stage in reversed(list(blocks)):
        place = {group: at for at, group in enumerate(order)}
        rows = sorted(
            (sorted(block, key=place.__getitem__) for block, _people in blocks[stage]), key=lambda row: place[row[0]]
        )
        order = [group for row in rows for group in row]
    place = {group: at for at, group in enumerate(order)}
    return {
        stage: tuple(
            sorted(
                ((tuple(sorted(block, key=place.__getitem__)), people) for block, people in rows),
                key=lambda row: place[row[0][0]],
            )
        )
        for stage, rows in blocks.items()
    }
