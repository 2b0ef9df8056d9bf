"""How good the suggestions are, on passages that were written apart from the lists of words: yes or no for each tag."""

import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from eventapp.outcomes.suggest import hints_for
from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES

PASSAGES = Path(__file__).with_name("passages.jsonl")


class Figures(NamedTuple):
    """Shares of one: answers that are right; of what is there, found; of what was said, right; both, balanced."""

    accuracy: float
    recall: float
    precision: float
    balanced: float


def figures(pairs: list[tuple[set[str], set[str]]], tags: Iterable[str]) -> Figures:
    """Compare what is right with what was suggested, tag by tag."""
    answers = [(tag in right, tag in said) for tag in tags for right, said in pairs]
    hits = sum(right and said for right, said in answers)
    there, told = sum(right for right, _ in answers), sum(said for _, said in answers)
    silent = sum(not right and not said for right, said in answers)
    recall, quiet = hits / there, silent / (len(answers) - there)
    return Figures((hits + silent) / len(answers), recall, hits / told, (recall + quiet) / 2)


def main() -> None:
    """Print a line for goals, one for action lines, and one for the time a suggestion takes."""
    rows = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    hints, times = [], []
    for row in rows:
        start = time.perf_counter()
        hints.append(hints_for(row["text"]))
        times.append(time.perf_counter() - start)
    for group, tags in (("goals", map(str, GOALS)), ("action_lines", iter(ACTION_LINES))):
        pairs = [
            ({str(tag) for tag in row[group]}, {one.tag for one in getattr(hint, group)})
            for row, hint in zip(rows, hints, strict=True)
        ]
        told = figures(pairs, list(tags))
        words = "  ".join(f"{name} {value:.1%}" for name, value in told._asdict().items())
        print(f"{group:13} {words}")
    print(f"time          p95 {sorted(times[1:])[int(len(times) * 0.95) - 1] * 1000:.2f} ms over {len(rows)} passages")


if __name__ == "__main__":
    main()
