"""How good the suggestions are, on short policy passages with their goals and action lines: yes or no for each tag.

Six sets. `tuned`: older passages, looked at often. `dev`: misses on it were read while the lists of words grew.
`held-out`: written at the same time as `dev`, before the words grew, and parted from it by a hash of the text; only its
figures were read, never which of its passages went wrong, and thresholds were chosen on other passages. Both were written by one
person, who also chose the words, so that strangers' passages fare worse than either: docs/bench.md says how much.
`later`: in the manner of reports on development, written by somebody who had not seen the words; the misses of half of
them were read afterwards. Only one is about information and communication, so that its action lines say little.
`spoken`: in the manner of a rapporteur's notes, four for each action line, written before their writer looked at the
words; the misses of half of them were read afterwards.
`mixed`: in the manner of resolutions, statements and news, by another hand that had not seen the words; the misses of
its first twenty were read afterwards.
"""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from eventapp.record.suggestions.suggest import hints_for
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES

PASSAGES = Path(__file__).with_name("passages.jsonl")
SETS = ("tuned", "dev", "held-out", "later", "spoken", "mixed")


class Figures(NamedTuple):
    """Shares of one: answers that are right; of what is there, found; of what was said, right; both, balanced."""

    accuracy: float
    recall: float
    precision: float
    balanced: float
    f1: float


def figures(pairs: list[tuple[set[str], set[str]]], tags: Iterable[str]) -> Figures:
    """Compare what is right with what was suggested, tag by tag."""
    answers = [(tag in right, tag in said) for tag in tags for right, said in pairs]
    hits = sum(right and said for right, said in answers)
    there, told = sum(right for right, _ in answers), sum(said for _, said in answers)
    silent = sum(not right and not said for right, said in answers)
    recall, quiet = hits / there, silent / (len(answers) - there)
    return Figures((hits + silent) / len(answers), recall, hits / told, (recall + quiet) / 2, 2 * hits / (there + told))


def passages(which: str) -> list[dict[str, Any]]:
    """The passages of one set."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["set"] == which]


def told_of(rows: list[dict[str, Any]], group: str) -> Figures:
    """How good the suggestions for these passages are, for goals or for action lines."""
    tags = map(str, GOALS) if group == "goals" else iter(ACTION_LINES)
    pairs = [
        ({str(tag) for tag in row[group]}, {one.tag for one in getattr(hints_for(row["text"]), group)}) for row in rows
    ]
    return figures(pairs, list(tags))


def main() -> None:
    """Print a line for goals and one for action lines of each set, and one for the time a suggestion takes."""
    for which in SETS:
        for group in ("goals", "action_lines"):
            words = "  ".join(
                f"{name} {value:.1%}" for name, value in told_of(passages(which), group)._asdict().items()
            )
            print(f"{which:9} {group:13} {words}")
    print(f"time      p95 {slowest():.2f} ms")


def slowest() -> float:
    """How long a suggestion takes at the 95th percentile, in milliseconds."""
    times = []
    for row in (row for which in SETS for row in passages(which)):
        start = time.perf_counter()
        hints_for(row["text"])
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)[int(len(times) * 0.95) - 1]


if __name__ == "__main__":
    main()
