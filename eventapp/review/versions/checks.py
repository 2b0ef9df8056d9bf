"""Findings: what an editor must know about a report now, always worked out afresh and never stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eventapp.ground.text.i18n import _
from eventapp.record.notes.content import content_of
from eventapp.record.notes.difference import OLD, Change, Run, changes, words_changed
from eventapp.record.notes.models import Note, Revision
from eventapp.record.reading.figures import figures_in
from eventapp.review.compiling.numbering import FOOTNOTE, without_footnotes
from eventapp.review.compiling.plan import COUNTED, FIXED, HAND, NOTES, OWN, counted_now
from eventapp.review.evidence.support import figures_off_its_sources, is_off_its_sources
from eventapp.review.language.attribution import above, merely_present, never_named
from eventapp.review.language.capitals import spoke_at
from eventapp.review.language.names import Names
from eventapp.review.reports.models import Chapter, Evidence, LeftOut, Paragraph, Report
from eventapp.review.reports.queries import is_cleared, is_on_record, notes_used, silent_notes
from eventapp.review.versions.difference import nearby
from eventapp.review.versions.publication_snapshot import present_paragraphs

MUST_BE_USED = ("recommendation", "commitment")


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
    names: tuple[str, ...]
    suspected: tuple[str, ...]  # names that a word of it may be, or may not
    has_support: bool
    has_unsourced_figure: bool
    is_off_its_sources: bool  # its words share next to nothing with those of the notes it cites
    strange_figures: tuple[str, ...]  # that stand in none of them
    grouped: tuple[Note, ...]  # that are told here together, where none was edited by hand
    recount: tuple[Run, ...]  # from what was counted when it was compiled to what is counted now, which may be nothing

    @property
    def is_out_of_date(self) -> bool:
        """Whether what was counted may not be said any more: nothing is left of it."""
        return bool(self.recount) and all(run.kind == OLD for run in self.recount)

    @property
    def is_stopped(self) -> bool:
        """Whether the paragraph may not stay as it is."""
        return bool(self.names or self.withdrawn or not self.has_support or self.is_off_its_sources)

    @property
    def is_doubtful(self) -> bool:
        """Whether there is something to look at."""
        return bool(self.changed or self.recount or self.has_unsourced_figure or self.suspected or self.strange_figures)


@dataclass(frozen=True)
class Findings:
    """What there is to say about a whole report."""

    paragraphs: Mapping[int, About]
    unused: tuple[Note, ...]
    names_in_titles: tuple[str, ...]

    @property
    def changed(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.changed]

    @property
    def withdrawn(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.withdrawn]

    @property
    def named(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.names]

    @property
    def suspected(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.suspected]

    @property
    def unsupported(self) -> list[About]:
        return [about for about in self.paragraphs.values() if not about.has_support]

    @property
    def off_their_sources(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.is_off_its_sources]

    @property
    def with_strange_figures(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.strange_figures]

    @property
    def unsourced(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.has_unsourced_figure]

    @property
    def recounted(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.recount]

    @property
    def names(self) -> list[str]:
        """Return every name above its ceiling, once."""
        found = [name for about in self.named for name in about.names]
        return list(dict.fromkeys([*found, *self.names_in_titles]))

    @property
    def blocks(self) -> bool:
        """Whether the report may not be published as it stands."""
        return bool(self.names or self.withdrawn)


def findings(
    report: Report,
    chapters: Sequence[Chapter],
    notes: Sequence[Note],
    out: Mapping[int, LeftOut],
    titles: Sequence[str] | None = None,
) -> Findings:
    """Return what there is to say; `notes` are those the report may draw on, `out` those left out with a reason.

    Where `chapters` are some of the report's, `titles` are those of all.
    """
    paragraphs = [paragraph for chapter in chapters for paragraph in present_paragraphs(chapter)]
    used = notes_used(report)
    unused = [
        note for note in notes if note.current.kind in MUST_BE_USED and note.id not in used and note.id not in out
    ]
    everything = [*notes, *silent_notes(report.meeting)]  # which a revision finds again as long as they are held here
    revisions = [note.current for note in everything]
    unnamed = never_named(revisions, report.policy)
    present = merely_present(spoke_at(report.meeting), revisions, report.policy, unnamed.allowed)
    is_counted = any(paragraph.origin == COUNTED for paragraph in paragraphs)
    counts = counted_now(report) if is_counted else {}
    of_chapters = [chapter.title for chapter in chapters] if titles is None else titles
    headings = " / ".join([report.title, report.symbol, *of_chapters])
    return Findings(
        paragraphs={
            paragraph.id: _about(paragraph, report.policy, (unnamed, present), counts) for paragraph in paragraphs
        },
        unused=tuple(unused),
        names_in_titles=tuple(unnamed.found_in(headings)),
    )


def against_generated(paragraph: Paragraph) -> tuple[Run, ...]:
    """Return what changed from the words made of the notes to the editor's; nothing where they are the same."""
    is_other = paragraph.edited_at is not None and paragraph.generated and paragraph.generated != paragraph.text
    return words_changed(paragraph.generated, paragraph.text) if is_other else ()


def _about(paragraph: Paragraph, policy: str, nobody: tuple[Names, Names], counts: Mapping[str, str]) -> About:
    unnamed, present = nobody
    cited = [one.revision for one in paragraph.evidence] + [one.note.current for one in paragraph.evidence]
    is_ours = paragraph.origin in (FIXED, COUNTED) and paragraph.edited_at is None
    is_by_hand = paragraph.edited_at is not None and paragraph.origin in (NOTES, HAND)
    unsaid = [] if is_ours else [above(cited, policy, unnamed.allowed), unnamed]
    read = [one.read_in(paragraph.text) for one in unsaid]
    names = [name for found, _suspected in read for name in found]
    doubted = [name for _found, suspected in read for name in suspected]
    doubted += [] if is_ours else present.found_in(paragraph.text)
    return About(
        paragraph=paragraph,
        changed=tuple(_change(one) for one in paragraph.evidence if _has_other_words(one)),
        withdrawn=tuple(one.note for one in paragraph.evidence if not is_cleared(one.note)),
        names=tuple(dict.fromkeys(names)),
        suspected=tuple(name for name in dict.fromkeys(doubted) if name not in names),
        has_support=bool(paragraph.evidence) or paragraph.origin in (FIXED, COUNTED, OWN),
        has_unsourced_figure=not is_ours and _has_unsourced_figure(paragraph),
        is_off_its_sources=is_by_hand and is_off_its_sources(paragraph.text, cited),
        strange_figures=tuple(figures_off_its_sources(paragraph.text, cited)) if is_by_hand else (),
        grouped=_grouped(paragraph),
        recount=_recount(paragraph, counts),
    )


def _grouped(paragraph: Paragraph) -> tuple[Note, ...]:
    """Return the notes that are told together here; none for an edited paragraph, and none that was cited by hand."""
    members = {note for one in paragraph.sentences for note in one["notes"]}
    if paragraph.edited_at is not None or len(members) < 2:  # noqa: PLR2004 -- a group has two
        return ()
    return tuple(one.note for one in paragraph.evidence if one.note_id in members)


def _recount(paragraph: Paragraph, counts: Mapping[str, str]) -> tuple[Run, ...]:
    before = paragraph.generated
    after = counts.get(paragraph.source_key, before) if paragraph.origin == COUNTED else before
    return words_changed(before, after) if before != after else ()


def _has_other_words(evidence: Evidence) -> bool:
    """Whether the note was revised since. What is off the record by now is not shown: it is withdrawn, no more."""
    return evidence.revision.number < evidence.note.head and is_on_record(evidence.note)


def _change(evidence: Evidence) -> SourceChange:
    before, after = evidence.revision, evidence.note.current
    changed = nearby(before.text, after.text) if before.text != after.text else ()
    others = [one for one in changes(content_of(before), content_of(after)) if one.what != _("What was said")]
    return SourceChange(evidence, after, changed, tuple(others))


def _has_unsourced_figure(paragraph: Paragraph) -> bool:
    figures = [figure for one in paragraph.evidence for figure in one.revision.figures]
    if any(not figure.get("source") and figure["figure"] in without_footnotes(paragraph.text) for figure in figures):
        return FOOTNOTE.search(paragraph.text) is None
    sourced = any(one.revision.figures or one.revision.sources for one in paragraph.evidence)
    is_sourced = sourced or FOOTNOTE.search(paragraph.text) is not None
    return not is_sourced and bool(figures_in(without_footnotes(paragraph.text)))
