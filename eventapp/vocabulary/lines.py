"""The 18 action lines a note may carry: C1 to C6, the eight parts of C7, C8 to C11."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.ground.text.i18n import _
from eventapp.vocabulary.data.shipped import rows


@dataclass(frozen=True)
class ActionLine:
    """One action line of the Geneva Plan of Action (2003), as the WSIS Prizes number it."""

    code: str
    order: int
    short_title: str
    official_title: str
    scope: str
    facilitators: tuple[str, ...]
    prize_category: int

    @property
    def short_code(self) -> str:
        """Return what fits a narrow column: "C5", or "C7 agr" for a part of C7."""
        head, _dash, part = self.code.partition("-")
        return f"{head} {part[1:].lower()}" if part else head

    @property
    def head(self) -> str:
        """Return the line's number alone: "C7" for each of its eight parts."""
        return self.code.partition("-")[0]

    @property
    def title(self) -> str:
        """Return the short title in the reader's language."""
        return _(self.short_title)

    @property
    def full_title(self) -> str:
        """Return the title of the Geneva Plan of Action in the reader's language."""
        return _(self.official_title)

    @property
    def label(self) -> str:
        """Return number and short title: "C7 E-agriculture"."""
        return f"{self.head} {self.title}"


ACTION_LINES: Mapping[str, ActionLine] = MappingProxyType(
    {
        row["code"]: ActionLine(
            code=row["code"],
            order=order,
            short_title=row["short_title"],
            official_title=row["official_title"],
            scope=row["scope"],
            facilitators=tuple(row["facilitators"]),
            prize_category=row["prize_category"],
        )
        for order, row in enumerate(rows("action_lines"), start=1)
    }
)


def in_line_order(codes: Iterable[str]) -> list[str]:
    """Return the codes from C1 to C11, each once, and after them those of a meeting's own as they came."""
    asked = dict.fromkeys(codes)
    return [code for code in ACTION_LINES if code in asked] + [code for code in asked if code not in ACTION_LINES]
