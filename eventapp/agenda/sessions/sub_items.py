"""The statements and presentations within a session, in their order, as a session and its releases keep them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from eventapp.ground.db.types import Record
from eventapp.ground.text.i18n import _

MOST = 60  # of one session


@dataclass(frozen=True, slots=True)
class SubItem:
    """One of them. `person` is the name of somebody with a part in the session; `link` an address and what it is."""

    title: str
    minutes: int | None = None
    after: int | None = None  # minutes after the session begins; None: when the one before it has ended
    person: str = ""
    link: str = ""
    texts: Record = field(default_factory=dict, hash=False)  # its title in other languages: {"fr": {"title": …}}
    key: int | None = field(default=None, compare=False)  # by which material names it, whatever it is called

    @property
    def leads_to(self) -> tuple[str, str]:
        """The link as its address and what it leads to; two empty words where there is none."""
        address, _blank, words = self.link.partition(" ")
        return address, words or address


@dataclass(frozen=True)
class InOrder:
    """One of them with its running number and, where it can be told, when it begins."""

    number: str
    starts_at: datetime | None
    one: SubItem


def rows_of(sub_items: Iterable[SubItem]) -> list[Record]:
    """They as JSON has them: without what nothing is said of."""
    return [{name: value for name, value in asdict(one).items() if value not in ("", None, {})} for one in sub_items]


def from_rows(rows: Iterable[Record]) -> tuple[SubItem, ...]:
    """The same, read back."""
    return tuple(SubItem(**row) for row in rows)


def keyed(wanted: Iterable[SubItem], stands: Sequence[SubItem], *, at: datetime) -> list[SubItem]:
    """Each with a key: its own, that of the one which stands there by its title, or a new one that none had before."""
    there = {one.key for one in stands if one.key is not None}
    listed = [one if one.key in there else replace(one, key=None) for one in wanted]
    free = there - {one.key for one in listed}
    newest = max((int(at.timestamp()) // 60, *there))
    found = []
    for one in listed:
        alike = [each for each in stands if each.key in free and each.title == one.title]
        same = next((each for each in alike if each.person == one.person), alike[0] if alike else None)
        if one.key is None:
            newest += 1
            one = replace(one, key=same.key if same else newest)  # noqa: PLW2901 -- the same one, with its key
            free.discard(one.key)
        found.append(one)
    return found


def in_order(sub_items: Sequence[SubItem], starts_at: datetime, agenda_item: str) -> list[InOrder]:
    """Each with its number, 3.1 under agenda item 3, and its time: what is said, else the end of the one before."""
    is_number = bool(agenda_item) and all(part.isdigit() for part in agenda_item.split("."))
    first = f"{agenda_item}." if is_number else ""
    found, clock = [], starts_at if any(one.minutes or one.after is not None for one in sub_items) else None
    for number, one in enumerate(sub_items, start=1):
        clock = starts_at + timedelta(minutes=one.after) if one.after is not None else clock
        found.append(InOrder(f"{first}{number}", clock, one))
        clock = clock + timedelta(minutes=one.minutes) if clock and one.minutes else None
    return found


def in_lines(sub_items: Iterable[SubItem]) -> list[str]:
    """Each as one line, for lists of what changed."""
    return [", ".join(part for part in parts(number, one) if part) for number, one in enumerate(sub_items, start=1)]


def parts(number: int, one: SubItem) -> tuple[str, ...]:
    after = f"+{one.after}" if one.after is not None else ""
    others = [f"{code}: {words['title']}" for code, words in sorted(one.texts.items())]
    return f"{number}. {one.title}", *others, after, f"{one.minutes}′" if one.minutes else "", one.person, one.link


def shown_to_readers(sub_items: Iterable[SubItem], names: set[str]) -> list[Record]:
    """They as a release keeps them: a person only where their part is confirmed, who has one of these names."""
    return [without_strangers(row, names) for row in rows_of(sub_items)]


def without_strangers(row: Record, names: set[str]) -> Record:
    return {name: value for name, value in row.items() if name != "person" or value in names}


def fault_in(sub_items: Sequence[SubItem]) -> str:
    """What is wrong with them together, in a sentence; "" where nothing is."""
    keys = [(one.title, one.person) for one in sub_items]
    twice = next((title for number, (title, _name) in enumerate(keys) if keys[number] in keys[:number]), None)
    if twice is not None:
        return _("“%(title)s” is there twice for one person. Write another title.", title=twice)
    return _("Write %(most)s of them at most.", most=MOST) if len(sub_items) > MOST else ""
