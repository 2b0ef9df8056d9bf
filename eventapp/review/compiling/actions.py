"""Compiling: the planned paragraphs go into a report, and nothing that an editor did is lost."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from eventapp.ground.db import db
from eventapp.review.compiling.plan import Planned
from eventapp.review.compiling.sentence_records import by_hand, joined, made_of, members_of, renewed
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report
from eventapp.review.reports.queries import spoken_of
from eventapp.review.reports.tailored.queries import outline_for


@dataclass
class Compilation:
    """What compiling changed: paragraphs that came, were written anew, went, and were left as the editor had them."""

    added: list[str] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are of each."""
        return {name: len(keys) for name, keys in vars(self).items()}


def merge(report: Report, chapters: list[Chapter], plan: Sequence[Planned]) -> Compilation:
    """Bring the report up to the plan, in memory; chapters that come are put to these.

    A paragraph edited by hand keeps its text and the revisions it cites; a removed one stays removed. One whose note is
    no longer to be had goes, unless it was edited or somebody said something of it: then it stays for the editor to
    decide.
    """
    done = Compilation()
    here = {one.source_key: one for chapter in chapters for one in chapter.paragraphs if one.source_key}
    wanted = {planned.key for planned in plan}
    unwanted = [paragraph for key, paragraph in here.items() if key not in wanted]
    talked_about = spoken_of(unwanted)
    for paragraph in unwanted:
        _let_go(paragraph, done, is_talked_about=paragraph.id in talked_about)
    chapter_of = _chapters(report, chapters)
    for planned in plan:
        existing = here.get(planned.key)
        if existing and existing.removed_at is None:
            _renew(existing, planned, done)
    _insert(chapter_of, here, plan, done)
    chapters[:] = sorted(chapter_of.values(), key=lambda one: one.position)
    for chapter in chapters:
        chapter.paragraphs.sort(key=lambda one: one.position)
    return done


def _chapters(report: Report, chapters: Sequence[Chapter]) -> dict[str, Chapter]:
    """Make the chapters of the outline where they are missing; one without paragraphs is not printed.

    One that the meeting has since the report was begun comes behind the chapter that it follows there, wherever an
    editor moved that one.
    """
    found = {chapter.block: chapter for chapter in chapters}
    order = [chapter.block for chapter in sorted(chapters, key=lambda one: one.position)]
    for before, part in pairwise((None, *outline_for(report).chapters)):
        if part is None or part.code in found:
            continue
        order.insert(order.index(before.code) + 1 if before else 0, part.code)
        found[part.code] = Chapter(
            report=report,
            position=len(order),
            title=part.title_in(report.language),
            block=part.code,
            section_of=part.section_of,
            paragraphs=[],
        )
        db.session.add(found[part.code])
    if len(found) > len(chapters):
        for position, block in enumerate(order):
            found[block].position = position
    return found


def _insert(
    chapter_of: dict[str, Chapter], here: dict[str, Paragraph], plan: Sequence[Planned], done: Compilation
) -> None:
    """Put each new paragraph behind the one that comes before it in the plan, wherever an editor moved that one."""
    order = {chapter.block: [None, *chapter.paragraphs] for chapter in chapter_of.values()}
    behind: dict[tuple[str, int], list[Paragraph]] = defaultdict(list)
    last: dict[str, Paragraph | None] = dict.fromkeys(chapter_of)
    for planned in plan:
        existing = here.get(planned.key)
        if existing:
            last[existing.chapter.block] = existing
            continue
        behind[planned.block, id(last[planned.block])].append(_new_paragraph(chapter_of[planned.block], planned))
        done.added.append(planned.key)
    for block, standing in order.items():
        ordered = [one for before in standing for one in ([before] if before else []) + behind[block, id(before)]]
        if len(ordered) > len(standing) - 1:  # else their order is as it was
            for position, paragraph in enumerate(ordered):
                paragraph.position = position


def _new_paragraph(chapter: Chapter, planned: Planned) -> Paragraph:
    paragraph = Paragraph(
        origin=planned.origin,
        source_key=planned.key,
        text=planned.text,
        generated=planned.text,
        heading=planned.heading,
        sentences=made_of(planned.sentences),
        position=0,
        level=0,
        is_locked=False,
        version=1,
    )
    chapter.paragraphs.append(paragraph)
    _cite(paragraph, planned)
    return paragraph


def _renew(paragraph: Paragraph, planned: Planned, done: Compilation) -> None:
    """Write a paragraph anew, but for the sentences that an editor changed; one that is locked stays as it is."""
    before = paragraph.text
    _give(paragraph, generated=planned.text)
    if is_left_alone(paragraph):
        done.kept.append(planned.key)
        return
    told = members_of(paragraph) if paragraph.sentences else []
    _give(paragraph, sentences=renewed(paragraph.sentences, planned.sentences) if planned.sentences else [])
    _give(paragraph, text=joined(paragraph.sentences) if planned.sentences else planned.text)
    if paragraph.text != before:
        paragraph.version += 1
        done.rewritten.append(planned.key)
    elif paragraph.edited_at is not None:
        done.kept.append(planned.key)
    _let_fall(paragraph, told)
    _cite(paragraph, planned)


def _give(row: Paragraph | Evidence, **facts: object) -> None:
    """Change what differs: a row that is given what it has is looked through when all is written, under the lock."""
    for name, value in facts.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def write_anew(paragraph: Paragraph, planned: Planned) -> None:
    """Give the paragraph the words and notes of the plan, and none of the editor's; what was cited besides stays."""
    told = members_of(paragraph)
    paragraph.text = paragraph.generated = planned.text
    paragraph.sentences = made_of(planned.sentences)
    paragraph.edited_at = paragraph.edited_by_id = None
    paragraph.is_locked = False
    _let_fall(paragraph, told)
    _cite(paragraph, planned)


def is_left_alone(paragraph: Paragraph) -> bool:
    """Whether compiling leaves it whole: locked, said to hold, or edited before paragraphs had sentences."""
    is_whole = joined(paragraph.sentences) != paragraph.text or not by_hand(paragraph.sentences)
    return paragraph.is_locked or (paragraph.edited_at is not None and is_whole)


def _let_fall(paragraph: Paragraph, told: Collection[int]) -> None:
    """Take the notes from under the paragraph that it told before and does not tell any more."""
    for one in [one for one in paragraph.evidence if one.note_id in set(told) - set(members_of(paragraph))]:
        paragraph.evidence.remove(one)
        db.session.delete(one)


def _cite(paragraph: Paragraph, planned: Planned) -> None:
    """Let the paragraph rest on the planned revisions; what an editor cited besides stays.

    So does the revision under a sentence that an editor wrote: that its note was revised since is shown there.
    """
    cited = {one.note_id: one for one in paragraph.evidence}
    held = {note for one in by_hand(paragraph.sentences) for note in one["notes"]}
    for revision in planned.revisions:
        if revision.note_id in cited:
            row = cited[revision.note_id]
            _give(row, revision=row.revision if revision.note_id in held else revision)
        else:
            paragraph.evidence.append(
                Evidence(note_id=revision.note_id, revision_id=revision.id, position=len(paragraph.evidence))
            )


def _let_go(paragraph: Paragraph, done: Compilation, *, is_talked_about: bool) -> None:
    if is_talked_about or not paragraph.is_generated:
        done.kept.append(paragraph.source_key)
        return
    for one in list(paragraph.evidence):
        db.session.delete(one)
    done.gone.append(paragraph.source_key)
    paragraph.chapter.paragraphs.remove(paragraph)
    db.session.delete(paragraph)
