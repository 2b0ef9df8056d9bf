"""A meeting with a note for every way in which a source may be told or not, each with names of its own."""

from dataclasses import dataclass
from itertools import product

from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.package.manifest.content import ARCHIVE
from eventapp.record.notes.content import allowed_ceilings
from eventapp.record.notes.models import APPROVED, DRAFT, Note, Revision
from eventapp.vocabulary.notes import CEILINGS
from tests import make

PERSON, ORGANIZATION, CATEGORY, NOBODY = CEILINGS
RULES = ("open", "chatham", "closed")
ORDER = list(CEILINGS)


@dataclass(frozen=True)
class Said:
    """One revision: its marks, and all that decides whether they leave."""

    number: int
    revision: int
    rule: str
    state: str
    deleted: bool
    ceilings: tuple[str, str]
    off: tuple[bool, bool]

    @property
    def mark(self) -> str:
        return f"q{self.number}x{self.revision}"

    @property
    def speaker(self) -> str:
        return f"Given{self.mark} Family{self.mark}"

    @property
    def organization(self) -> str:
        return f"Bureau{self.mark}"

    @property
    def names_the_speaker(self) -> bool:
        """Whether its text does: every other one."""
        return self.number % 2 == 0

    def leaves(self, level: str) -> bool:
        """Whether it is in a package of this level at all."""
        note = not self.deleted and not self.off[1] and self.rule != "closed"
        cleared = level == ARCHIVE or (self.state == APPROVED and self.revision == 2)
        return note and cleared and not self.off[self.revision - 1]

    @property
    def most(self) -> str:
        """The most that may be said of its source: the lowest of three."""
        three = (self.ceilings[self.revision - 1], self.ceilings[1], allowed_ceilings(self.rule)[0])
        return max(three, key=ORDER.index)

    def told(self, level: str) -> dict[str, bool]:
        """Which of its marks the package holds."""
        leaves, names = self.leaves(level), self.most == PERSON
        return {
            self.speaker: leaves and names,
            self.organization: leaves and self.most in (PERSON, ORGANIZATION),
            f"text {self.mark}": leaves and (names or not self.names_the_speaker),
        }


def build(slug: str = "wild") -> tuple[Meeting, list[Said]]:
    """The meeting and what it says."""
    meeting = make.meeting(slug=slug)
    sessions = {rule: make.session(meeting, code=f"W{place}", rule=rule).id for place, rule in enumerate(RULES)}
    pairs, offs = product(CEILINGS, CEILINGS), product((False, True), (False, True))
    ways = product(RULES, (DRAFT, APPROVED), (False, True), list(pairs), list(offs))
    said = [
        Said(number, revision, rule, state, deleted, ceilings, off)
        for number, (rule, state, deleted, ceilings, off) in enumerate(ways, start=1)
        for revision in (1, 2)
    ]
    with transaction():
        for first, second in zip(said[::2], said[1::2], strict=True):
            note = Note(
                session_id=sessions[first.rule], number=first.number, head=2, state=first.state, state_at=make.TODAY,
                created_at=make.TODAY, deleted_at=make.TODAY if first.deleted else None,
            )  # fmt: skip
            note.revisions = [row(first), row(second)]
            db.session.add(note)
    return meeting, said


def row(one: Said) -> Revision:
    named = f" {one.speaker} said it." if one.names_the_speaker else ""
    return Revision(
        number=one.revision, at=make.TODAY, kind="trend", title=f"Title {one.mark}", text=f"A text {one.mark}.{named}",
        speaker=one.speaker, organization=one.organization, stakeholder_type="private-sector", country="", action_lines=["C2"],
        goals=[9], countries=[], ceiling=one.ceilings[one.revision - 1], off_record=one.off[one.revision - 1], figures=[],
        sources=[],
    )  # fmt: skip
