"""The order in which requests for the floor wait: by protocol or as they asked, first-time speakers first or not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from eventapp.floor.asking import party
from eventapp.floor.models import PROTOCOL, Statement

LAST = 10**6  # after every category of a meeting

Key = tuple[bool, int, datetime, int]


@dataclass(frozen=True)
class Order:
    """How the requests of one session are put in order; `heard` are the parties that had the floor there."""

    rule: str
    first_timers_first: bool
    heard: frozenset[str]

    def key(self, one: Statement) -> Key:
        """What a request is sorted by."""
        again = self.first_timers_first and party(one.name, one.organization) in self.heard
        rank = one.category.protocol_order if one.category else LAST
        return again, rank if self.rule == PROTOCOL else 0, one.asked_at, one.id

    def sorted(self, waiting: Iterable[Statement]) -> list[Statement]:
        """All of them anew, whatever was moved by hand before."""
        return sorted(waiting, key=self.key)

    def with_newcomer(self, queue: list[Statement], one: Statement) -> list[Statement]:
        """The queue with this request where the rule puts it; what was moved by hand keeps its place."""
        before = next((place for place, other in enumerate(queue) if self.key(other) > self.key(one)), len(queue))
        return [*queue[:before], one, *queue[before:]]


def number(queue: Iterable[Statement]) -> None:
    """Let these wait in this order."""
    for place, one in enumerate(queue, start=1):
        one.place = place
