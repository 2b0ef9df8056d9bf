"""Which notes coverage counts: of one session, of one kind, in one state, about one group of countries; or all."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from eventapp.ground.text.i18n import _l
from eventapp.record.notes.models import APPROVED, CONFIRMED, DRAFT, PUBLISHED, SUBMITTED
from eventapp.vocabulary.countries import COUNTRY_GROUPS, SUBREGIONS, country
from eventapp.vocabulary.notes import NOTE_KINDS

CLEARED = "cleared"
STATES = {
    CLEARED: _l("Cleared notes only"),
    DRAFT: _l("Drafts"),
    SUBMITTED: _l("Submitted"),
    CONFIRMED: _l("Confirmed"),
    APPROVED: _l("Approved"),
    PUBLISHED: _l("Published"),
}
GROUPS = {**COUNTRY_GROUPS, **SUBREGIONS}


@dataclass(frozen=True)
class Counting:
    """Only what is set is asked for; what nobody knows is not asked for."""

    session: str = ""
    kind: str = ""
    count: str = ""  # a state
    group: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Counting":
        """What the address of a page asks for."""
        kind, count, group = (asked.get(name, "") for name in ("kind", "count", "group"))
        return cls(
            session=asked.get("session", "")[:20],
            kind=kind if kind in NOTE_KINDS else "",
            count=count if count in STATES else "",
            group=group if group in GROUPS else "",
        )

    def __bool__(self) -> bool:
        return self != Counting()

    def address(self) -> dict[str, str]:
        """The words of an address that asks for the same."""
        return {name: value for name, value in asdict(self).items() if value}

    def known_in(self, sessions: Iterable[str]) -> "Counting":
        """The same without a session that has none of these codes."""
        return self if not self.session or self.session in sessions else replace(self, session="")

    def labels(self) -> tuple[object, ...]:
        """What is asked for, as it is called in the language of the reader: each turns into text there."""
        kind, group = NOTE_KINDS.get(self.kind), GROUPS.get(self.group)
        parts = (self.session, kind and kind.words, STATES.get(self.count), group and group.words)
        return tuple(one for one in parts if one)


def is_in_group(iso3: str, group: str) -> bool:
    one = country(iso3)
    return one is not None and (group in one.groups or group == one.subregion)


def mark_of(*seen: object) -> str:
    """Changes with everything that the page depends on."""
    return sha256(repr(seen).encode()).hexdigest()[:32]
