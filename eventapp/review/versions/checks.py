"""Findings: what an editor must know about a report now, always worked out afresh and never stored."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eventapp.ground.text.i18n import _
from eventapp.record.notes.content import content_of
from eventapp.record.notes.difference import Run, changes, words_changed
from eventapp.record.notes.models import Note, Revision
from eventapp.record.reading.figures import figures_in
from eventapp.review.compiling.actions import is_left_alone
from eventapp.review.compiling.numbering import FOOTNOTE, without_footnotes
from eventapp.review.compiling.plan import COUNTED, FIXED, HAND, NOTES, OWN, counted_now
from eventapp.review.evidence.again import repeated_in
from eventapp.review.evidence.slips import records_of, slips_of
from eventapp.review.evidence.support import figures_off_its_sources, is_off_its_sources
from eventapp.review.language.names import Names
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.noted import notes_with, unused_notes
from eventapp.review.reports.queries import is_cleared, is_on_record, reasons_of
from eventapp.review.versions.about import About, SourceChange
from eventapp.review.versions.difference import nearby
from eventapp.review.versions.doubts import (
    NAME,
    SOURCES,
    SUPPORT,
    Answered,
    Doubt,
    Reasons,
    doubts_of_figures,
    doubts_of_names,
    is_ours,
    sorted_by_reason,
    unsaid_in,
)
from eventapp.review.versions.nobody.queries import nobody_in
from eventapp.review.versions.publication_snapshot import present_paragraphs

MUST_BE_USED = ("recommendation", "commitment")


@dataclass(frozen=True)
class Findings:
    """What there is to say about a whole report."""

    paragraphs: Mapping[int, About]
    unused: tuple[Note, ...]
    in_titles: tuple[Doubt, ...]
    answered_in_titles: tuple[Answered, ...]

    @property
    def names_in_titles(self) -> tuple[str, ...]:
        """The names in titles that are above their ceiling."""
        return tuple(dict.fromkeys(one.what for one in self.in_titles))

    @property
    def doubts(self) -> list[Doubt]:
        """Every finding about truth or policy that nobody gave a reason for."""
        return [*self.in_titles, *(one for about in self.paragraphs.values() for one in about.doubts)]

    @property
    def answered(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.answered]

    @property
    def names_with_reason(self) -> set[str]:
        """The names that stay with a reason, in a paragraph or a title."""
        answered = [*self.answered_in_titles, *(one for about in self.answered for one in about.answered)]
        return {one.doubt.what for one in answered if one.doubt.kind == NAME}

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
    def slipped(self) -> list[About]:
        return [about for about in self.paragraphs.values() if about.slips]

    @property
    def names(self) -> list[str]:
        """Return every name above its ceiling, once."""
        found = [name for about in self.named for name in about.names]
        return list(dict.fromkeys([*found, *self.names_in_titles]))

    @property
    def blocks(self) -> bool:
        """Whether the report may not be published as it stands."""
        return bool(self.doubts or self.withdrawn)


def findings(
    report: Report,
    chapters: Sequence[Chapter],
    *,
    titles: Sequence[str] | None = None,
    unused: Sequence[Note] | None = None,
) -> Findings:
    """Return what there is to say about these chapters of the report, and about its titles and notes.

    Where `chapters` are some of the report's, `titles` are those of all. `unused` are the notes that must be used and
    are not, where somebody looked for them already.
    """
    paragraphs = [paragraph for chapter in chapters for paragraph in present_paragraphs(chapter)]
    if unused is None:
        unused = notes_with([number for number, kind, *_words in unused_notes(report) if kind in MUST_BE_USED])
    unnamed, present = nobody_in(report)
    is_counted = any(paragraph.origin == COUNTED for paragraph in paragraphs)
    counts = counted_now(report) if is_counted else {}
    of_chapters = [chapter.title for chapter in chapters] if titles is None else titles
    reasons, again = reasons_of(report), repeated_in(report, paragraphs)
    named = [one for title in (report.title, report.symbol, *of_chapters) for one in doubts_of_names(title, [unnamed])]
    in_titles, answered_in_titles = sorted_by_reason(dict.fromkeys(named), reasons)
    return Findings(
        paragraphs={
            paragraph.id: _about(paragraph, report.policy, (unnamed, present), counts, reasons).with_slips(
                again.get(paragraph.id, ())
            )
            for paragraph in paragraphs
        },
        unused=tuple(unused),
        in_titles=in_titles,
        answered_in_titles=answered_in_titles,
    )


def against_generated(paragraph: Paragraph) -> tuple[Run, ...]:
    """Return what changed from the words made of the notes to the editor's; nothing where they are the same."""
    is_other = paragraph.edited_at is not None and paragraph.generated and paragraph.generated != paragraph.text
    return words_changed(paragraph.generated, paragraph.text) if is_other else ()


def _about(
    paragraph: Paragraph, policy: str, nobody: tuple[Names, Names], counts: Mapping[str, str], reasons: Reasons
) -> About:
    unnamed, present = nobody
    cited = [one.revision for one in paragraph.evidence] + [one.note.current for one in paragraph.evidence]
    unsaid, ours = unsaid_in(paragraph, policy, unnamed), is_ours(paragraph)
    suspected = [name for one in unsaid for name in one.suspected_in(paragraph.text)]
    suspected += [] if ours else present.found_in(paragraph.text)
    named = doubts_of_names(paragraph.text, unsaid)
    names = {one.what for one in named}
    doubts, answered = sorted_by_reason([*named, *_untrue(paragraph, cited)], reasons)
    return About(
        paragraph=paragraph,
        changed=tuple(_change(one) for one in paragraph.evidence if _has_other_words(one)),
        withdrawn=tuple(one.note for one in paragraph.evidence if not is_cleared(one.note)),
        doubts=doubts,
        answered=answered,
        suspected=tuple(name for name in dict.fromkeys(suspected) if name not in names),
        has_unsourced_figure=not ours and _has_unsourced_figure(paragraph),
        grouped=_grouped(paragraph),
        slips=() if ours else slips_of(paragraph, paragraph.chapter.report.language),
        recount=_recount(paragraph, counts),
    )


def _untrue(paragraph: Paragraph, cited: Sequence[Revision]) -> Iterator[Doubt]:
    """Yield what is doubted of the truth of a paragraph: that it rests on something, and says what that says."""
    text = paragraph.text
    if not paragraph.evidence and paragraph.origin not in (FIXED, COUNTED, OWN):
        yield Doubt(SUPPORT, "", text)
    is_by_hand = paragraph.edited_at is not None and text != paragraph.generated  # what came in a package is not
    if is_by_hand and paragraph.origin in (NOTES, HAND):
        if is_off_its_sources(text, cited):
            yield Doubt(SOURCES, "", text)
        else:
            yield from (Doubt(SOURCES, "", words) for words in _by_hand(paragraph) if is_off_its_sources(words, cited))
        figures = figures_off_its_sources(text, cited)
        for words in [] if figures else _by_hand(paragraph):  # of a text with footnotes, what an editor wrote
            figures += figures_off_its_sources(words, cited)
        yield from doubts_of_figures(text, figures)


def _by_hand(paragraph: Paragraph) -> list[str]:
    """Return the sentences of a paragraph that an editor wrote or changed."""
    return [str(one["text"]) for one in records_of(paragraph) if one["text"] and one["text"] != one["made"]]


def _grouped(paragraph: Paragraph) -> tuple[Note, ...]:
    """Return the notes that are told together here; none of what compiling leaves alone, and none cited by hand."""
    members = {note for one in paragraph.sentences for note in one["notes"]}
    if is_left_alone(paragraph) or len(members) < 2:  # noqa: PLR2004 -- a group has two
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
