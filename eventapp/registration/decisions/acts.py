"""What can be decided about one registration as about many: in a request, or by the worker."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from eventapp.people.models import Person
from eventapp.registration.decisions.actions import approve, ask_for_letter, decline, put_on_waiting_list, undo
from eventapp.registration.models import Registration


@dataclass(frozen=True)
class Terms:
    """What was written beside a decision, and the decisions that were there to be taken back."""

    reason: str = ""
    despite: str = ""
    key: str = ""
    seen: Collection[int] = ()

    @property
    def written(self) -> dict[str, str]:
        """What was written, by field."""
        return {"reason": self.reason, "despite": self.despite, "key": self.key}


Act = Callable[[Registration, Terms, Person, datetime], object]
ACTS: Mapping[str, Act] = MappingProxyType(
    {
        "approve": lambda one, terms, by, at: approve(one, by=by, at=at, despite=terms.despite),
        "wait": lambda one, _terms, by, at: put_on_waiting_list(one, by=by, at=at),
        "ask": lambda one, terms, by, at: ask_for_letter(one, terms.reason, by=by, at=at, key=terms.key),
        "refuse": lambda one, terms, by, at: decline(one, terms.reason, by=by, at=at),
        "undo": lambda one, terms, by, at: undo(one, by=by, at=at, seen=terms.seen),
    }
)
