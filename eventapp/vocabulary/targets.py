"""The 169 targets of the goals, by their numbers: 9.c, 17.8."""

from collections.abc import Iterable

COUNTS = {  # goal: its numbered targets, and those with a letter (the means to get there)
    1: (5, "ab"),
    2: (5, "abc"),
    3: (9, "abcd"),
    4: (7, "abc"),
    5: (6, "abc"),
    6: (6, "ab"),
    7: (3, "ab"),
    8: (10, "ab"),
    9: (5, "abc"),
    10: (7, "abc"),
    11: (7, "abc"),
    12: (8, "abc"),
    13: (3, "ab"),
    14: (7, "abc"),
    15: (9, "abc"),
    16: (10, "ab"),
    17: (19, ""),
}
TARGETS = {
    f"{goal}.{part}": goal
    for goal, (count, letters) in COUNTS.items()
    for part in (*map(str, range(1, count + 1)), *letters)
}


def in_target_order(targets: Iterable[str]) -> list[str]:
    """These targets once each, in the order of the goals."""
    asked = set(targets)
    return [target for target in TARGETS if target in asked]
