"""The 17 Sustainable Development Goals, with the colour of each and the ink that reads on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eventapp.ground.text.i18n import _
from eventapp.vocabulary.data.shipped import rows


@dataclass(frozen=True)
class Goal:
    """One goal of the 2030 Agenda (A/RES/70/1)."""

    number: int
    short_title: str
    official_title: str
    colour: str
    ink: str

    @property
    def title(self) -> str:
        """Return the short title in the reader's language."""
        return _(self.short_title)

    @property
    def full_title(self) -> str:
        """Return the adopted title in the reader's language."""
        return _(self.official_title)

    @property
    def label(self) -> str:
        """Return number and short title: "Goal 2: Zero hunger"."""
        return _("Goal %(number)s: %(title)s", number=self.number, title=self.title)


GOALS: Mapping[int, Goal] = MappingProxyType(
    {
        row["number"]: Goal(
            number=row["number"],
            short_title=row["short_title"],
            official_title=row["title"],
            colour=row["colour"],
            ink=row["ink"],
        )
        for row in rows("goals")
    }
)
