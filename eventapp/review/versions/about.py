"""What there is to say about one paragraph of a report."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from eventapp.record.notes.difference import OLD, Change, Run
from eventapp.record.notes.models import Note, Revision
from eventapp.review.evidence.slips import Slip, goes_back
from eventapp.review.reports.models import Evidence, Paragraph
from eventapp.review.versions.doubts import FIGURE, NAME, SOURCES, SUPPORT, Answered, Doubt


@dataclass(frozen=True)
class SourceChange:
    """A note that was revised after a paragraph cited it: what changed in its words, and in all else that it says."""

    evidence: Evidence
    revision: Revision
    runs: tuple[Run, ...]  # () where its words are the same
    others: tuple[Change, ...]


@dataclass(frozen=True)
class About:
    """What there is to say about one paragraph."""

    paragraph: Paragraph
    changed: tuple[SourceChange, ...]
    withdrawn: tuple[Note, ...]
    doubts: tuple[Doubt, ...]  # about truth or policy, that nobody gave a reason for
    answered: tuple[Answered, ...]  # those that somebody did
    suspected: tuple[str, ...]  # names that a word of it may be, or may not
    has_unsourced_figure: bool
    grouped: tuple[Note, ...]  # that are told here together, where compiling does not leave it alone
    slips: tuple[Slip, ...]  # faults of form
    recount: tuple[Run, ...]  # from what was counted when it was compiled to what is counted now, which may be nothing

    @property
    def names(self) -> tuple[str, ...]:
        """The names in it that are above their ceiling."""
        return self._doubted(NAME)

    @property
    def strange_figures(self) -> tuple[str, ...]:
        """The figures that stand in none of its sources."""
        return self._doubted(FIGURE)

    @property
    def has_support(self) -> bool:
        """Whether it cites something, or needs nothing."""
        return all(one.kind != SUPPORT for one in self.doubts)

    @property
    def is_off_its_sources(self) -> bool:
        """Whether its words share next to nothing with those of the notes it cites."""
        return any(one.kind == SOURCES for one in self.doubts)

    def _doubted(self, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.what for one in self.doubts if one.kind == kind))

    @property
    def is_out_of_date(self) -> bool:
        """Whether what was counted may not be said any more: nothing is left of it."""
        return bool(self.recount) and all(run.kind == OLD for run in self.recount)

    @property
    def is_stopped(self) -> bool:
        """Whether the paragraph may not stay as it is."""
        return bool(self.doubts or self.withdrawn)

    @property
    def is_doubtful(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.changed or self.recount or self.has_unsourced_figure or self.suspected or self.slips)

    @property
    def names_from(self) -> list[Note]:
        """Return the notes that the sentences with a doubted name rest on; all, where that is not known."""
        words = [one.words for one in self.doubts if one.kind == NAME]
        sentences = [one for one in self.paragraph.sentences if any(each in one["text"] for each in words)]
        rests = {note for one in sentences for note in one["notes"]}
        notes = [one.note for one in self.paragraph.evidence]
        return [one for one in notes if one.id in rests] or notes

    def can_go_back(self, doubt: Doubt) -> bool:
        """Whether the sentence of this doubt was changed by hand, and the words made for it do not say it."""
        return goes_back(self.paragraph.sentences, doubt.words, doubt.what or doubt.words)

    def with_slips(self, more: Sequence[Slip]) -> "About":
        """Return the same, with these slips as well."""
        return replace(self, slips=(*self.slips, *more)) if more else self
