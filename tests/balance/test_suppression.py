"""What anyone may read of the balance: whoever adds, subtracts and compares cannot say of a group that it was small."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.balance.suppression import LEAST, NOBODY, Covered, Names, covered, is_small

STAGES = ("nominated", "approved", "present", "spoke")
Vector = tuple[int, ...]


def totals_of(counts: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    return {stage: sum(group[stage] for group in counts.values()) for stage in STAGES}


@st.composite
def tables(draw: st.DrawFn) -> dict[str, dict[str, int]]:
    """A table of three groups; nobody comes to a stage who was not at the one before."""
    table = {}
    for group in "abc":
        people, row = draw(st.integers(0, 11)), {}
        for stage in STAGES:
            people = people - draw(st.integers(0, people))
            row[stage] = people
        table[group] = row
    return table


class Reader:
    """Somebody who reads the published table and knows that each stage is part of the one before: every table that fits.

    They may have a list of names too, and know which stages hold all of it.
    """

    def __init__(self, shown: Covered, names: Names = NOBODY) -> None:
        told = {group for rows in shown.blocks.values() for block, _number in rows for group in block}
        self.groups = sorted(told | set(names.people))
        self.stages, everybody = list(shown.totals), tuple(self.groups)
        rows = {stage: shown.blocks.get(stage) or ((everybody, shown.totals[stage]),) for stage in self.stages}
        fitting = [self.vectors(blocks) for blocks in rows.values()] if everybody else []
        for place, stage in enumerate(self.stages if everybody else []):
            named = tuple(names.number(stage, (group,)) for group in self.groups)
            fitting[place] = [one for one in fitting[place] if holds(one, named)]
        for place in range(1, len(fitting)):
            fitting[place] = [one for one in fitting[place] if any(holds(over, one) for over in fitting[place - 1])]
        for place in range(len(fitting) - 2, -1, -1):
            fitting[place] = [one for one in fitting[place] if any(holds(one, under) for under in fitting[place + 1])]
        self.fitting = fitting

    def vectors(self, blocks: Sequence[tuple[tuple[str, ...], int]]) -> list[Vector]:
        """Every way in which the groups of these blocks can make up their numbers."""
        found: list[dict[str, int]] = [{}]
        for block, people in blocks:
            parts = list(ways(people, len(block)))
            found = [{**one, **dict(zip(block, part, strict=True))} for one in found for part in parts]
        return [tuple(one.get(group, 0) for group in self.groups) for one in found]

    def most(self, place: int, group: int) -> int:
        """The most people that this group may have had at this stage, for all that can be known."""
        return max(one[group] for one in self.fitting[place])

    def most_lost(self, place: int, group: int) -> int:
        """The most people of this group that may have been lost from this stage to the next."""
        return max(over[group] - under[group] for over, under in self.pairs(place))

    def pairs(self, place: int) -> Iterator[tuple[Vector, Vector]]:
        """Every way in which this stage and the next can go together."""
        return (
            (over, under) for over in self.fitting[place] for under in self.fitting[place + 1] if holds(over, under)
        )


def ways(people: int, groups: int) -> list[Vector]:
    """Every way to divide so many people."""
    if groups == 1:
        return [(people,)]
    return [(first, *rest) for first in range(people + 1) for rest in ways(people - first, groups - 1)]


def holds(over: Vector, under: Vector) -> bool:
    return all(one >= other for one, other in zip(over, under, strict=True))


def told_of(shown: Covered, names: Names = NOBODY) -> list[str]:
    """Every group of one to four people that this table shows or lets a reader work out, alone or beside a list."""
    reader = Reader(shown, names)
    found = [f"{block} {stage}" for stage, rows in shown.blocks.items() for block, people in rows if is_small(people)]
    found += [stage for stage, people in shown.totals.items() if is_small(people)]
    for place, stage in enumerate(reader.stages if reader.groups else []):
        for at, group in enumerate(reader.groups):
            if is_small(reader.most(place, at)):
                found.append(f"{group} at {stage}")
            if place + 1 < len(reader.stages) and is_small(reader.most_lost(place, at)):
                found.append(f"{group} lost after {stage}")
    return found


@settings(max_examples=120, deadline=None)
@given(tables())
def test_nobody_can_work_out_a_small_group(table: dict[str, dict[str, int]]) -> None:
    assert told_of(covered(table, totals_of(table), STAGES)) == []


def dashes(table: Mapping[str, Mapping[str, int]]) -> Covered:
    """The control: a dash for every number under five, and the others as they are."""
    totals, blocks = totals_of(table), {}
    for stage in STAGES:
        small = tuple(group for group in table if table[group][stage] < LEAST)
        large = [((group,), table[group][stage]) for group in table if group not in small]
        rest = totals[stage] - sum(people for _block, people in large)
        blocks[stage] = tuple([*large, (small, rest)] if small else large)
    return Covered(totals, blocks)


def test_a_dash_for_each_small_number_would_let_it_be_worked_out() -> None:
    """The control: the reader of the test above finds what can be found."""
    table = {group: dict.fromkeys(STAGES, people) for group, people in (("a", 9), ("b", 3), ("c", 8))}
    assert "b at nominated" in told_of(dashes(table))


def test_putting_together_stage_by_stage_would_let_it_be_worked_out() -> None:
    """The control: groups that are apart again after they were together tell how small one of them was."""
    apart, together = (("a",), ("b",)), (("a", "b"),)
    blocks = {
        "nominated": ((apart[0], 20), (apart[1], 20)),
        "present": ((together[0], 10),),
        "spoke": ((apart[0], 1 + 7), (apart[1], 0)),
    }
    assert "b at present" in told_of(Covered({"nominated": 40, "present": 10, "spoke": 8}, blocks))


@settings(max_examples=200, deadline=None)
@given(tables())
def test_groups_together_stay_together_and_everybody_is_counted(table: dict[str, dict[str, int]]) -> None:
    totals = totals_of(table)
    shown = covered(table, totals, STAGES)
    stages = list(shown.blocks)
    for stage in stages:
        assert sum(people for _block, people in shown.blocks[stage]) == totals[stage]
        assert len(shown.blocks[stage]) > 1
    for before, after in pairwise(stages):
        later = [set(block) for block, _people in shown.blocks[after]]
        assert all(any(set(block) <= one for one in later) for block, _people in shown.blocks[before])
    order = [group for block, _people in shown.blocks[stages[0]] for group in block] if stages else []
    for stage in stages:  # so that a cell may span the rows of its groups
        assert [group for block, _people in shown.blocks[stage] for group in block] == order


def test_large_groups_stand_alone() -> None:
    table = {"a": dict.fromkeys(STAGES, 12), "b": dict.fromkeys(STAGES, 9), "c": dict.fromkeys(STAGES, 0)}
    shown = covered(table, totals_of(table), STAGES)
    assert [block for block, _people in shown.blocks["spoke"]] == [("a",), ("b",)]


def test_a_stage_that_hardly_differs_is_left_out() -> None:
    totals = {"nominated": 30, "approved": 28, "present": 24, "spoke": 4}
    shown = covered({"a": totals}, totals, STAGES)
    assert dict(shown.totals) == {"nominated": 30, "present": 24}


def test_the_reader_of_these_tests_counts_every_way() -> None:
    assert len(ways(4, 3)) == len(list(combinations(range(6), 2)))


def test_a_stage_where_few_were_lost_does_not_put_all_groups_together() -> None:
    lost = {"a": 2, "b": 3, "c": 0}
    table = {group: {"nominated": 20, "approved": 20 - lost[group], "present": 12, "spoke": 5} for group in lost}
    shown = covered(table, totals_of(table), STAGES)
    assert {stage: len(rows) for stage, rows in shown.blocks.items()} == {"nominated": 3, "present": 3, "spoke": 3}
    assert shown.totals["approved"] == 55


def test_the_stage_that_a_report_tells_is_told_before_the_others() -> None:
    totals = {"nominated": 30, "approved": 28, "present": 26, "spoke": 4}
    shown = covered({"a": totals}, totals, STAGES, first="present")
    assert dict(shown.totals) == {"present": 26}  # two more had a place, and did not come
    assert "approved" in covered({"a": totals}, totals, STAGES, first="approved").totals


def test_the_groups_of_that_stage_are_told_before_the_others() -> None:
    """Of who had a place hardly anybody stayed away, so that only one of the two stages can tell groups apart."""
    table = {
        "a": {"approved": 20, "present": 18},
        "b": {"approved": 20, "present": 17},
        "c": {"approved": 5, "present": 5},
    }
    totals = {stage: sum(row[stage] for row in table.values()) for stage in ("approved", "present")}
    shown = {first: covered(table, totals, ("approved", "present"), first=first).blocks for first in ("", "present")}
    assert {first: {stage: len(rows) for stage, rows in blocks.items()} for first, blocks in shown.items()} == {
        "": {"approved": 3},
        "present": {"present": 3},
    }


@settings(max_examples=60, deadline=None)
@given(tables())
def test_nor_can_they_where_a_stage_is_told_first(table: dict[str, dict[str, int]]) -> None:
    assert told_of(covered(table, totals_of(table), STAGES, first="present")) == []
