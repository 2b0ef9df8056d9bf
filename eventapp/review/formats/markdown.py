"""A report as Markdown: what it says and nothing of how it looks, for mail, wikis and version control."""

import re
from collections.abc import Iterator, Sequence

from eventapp.review.language.data import in_its_language
from eventapp.review.language.wording import LABELS, correction_line, day_of, days_of, matter_line
from eventapp.review.reports.content import Annex, Chapter, Paragraph, Report
from eventapp.review.reports.numerals import capital
from eventapp.review.reports.parts import Masthead

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|!~])")
LIST_START = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+])")


@in_its_language
def markdown(report: Report) -> str:
    """Return the report as CommonMark with footnotes and tables; no text of it can become markup."""
    mark = f"**{_said(report.draft)}**" if report.draft else ""
    parts = [
        [*_matters(report)],
        *([*_chapter(report, chapter)] for chapter in report.chapters),
        *([*_annex(annex)] for annex in report.annexes),
        ["\n".join(f"[^{note.number}]: {_said(note.text)}" for note in report.footnotes)],
    ]
    head = [*_head(report), *_summary(report)]  # its notices say it
    blocks = [*head, *(block for part in parts if any(part) for block in (mark, *part)), mark]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(report: Report) -> Iterator[str]:
    if report.masthead:
        yield from _masthead(report, report.masthead)
        yield f"# {_said(report.title)}"
        yield from (f"*{_said(notice)}*" for notice in report.notices)
        return
    yield f"# {_said(report.title)}"
    yield f"**{_said(report.meeting.title)}**"
    yield f"{_said(report.meeting.place)}, {days_of(report)}"
    facts = (_said(report.symbol), f"{LABELS['distribution']} {_said(report.distribution)}", day_of(report.issued_on))
    yield " · ".join(fact for fact in facts if fact)  # what is made for others has no symbol
    yield from (f"*{_said(notice)}*" for notice in report.notices)


def _masthead(report: Report, masthead: Masthead) -> Iterator[str]:
    """The head of a paper of an organ, a line for each thing that it says."""
    facts = (
        *report.heads,
        report.symbol,
        f"{LABELS['distribution']} {report.distribution}",
        day_of(report.issued_on),
        f"{LABELS['original']} {masthead.original}",
        masthead.session,
        f"{report.meeting.place}, {days_of(report)}",
        masthead.item,
    )
    yield "\\\n".join(_said(fact) for fact in facts if fact)
    yield f"**{_said(report.meeting.title)}**"


def _summary(report: Report) -> Iterator[str]:
    """Quote the box of the first page."""
    if report.summary:
        yield "\n>\n".join(f"> {words}" for words in (f"**{LABELS['summary']}**", *map(_said, report.summary)))


def _matters(report: Report) -> Iterator[str]:
    if report.matters:
        yield f"## I. {LABELS['matters']}"
    for place, part in enumerate(report.matters):
        yield f"### {capital(place)}. {_said(part.heading)}"
        yield _said(part.opening)
        yield from (f"{letter} {_said(matter_line(row))}" for letter, row in part.lettered)


def _chapter(report: Report, chapter: Chapter) -> Iterator[str]:
    yield f"## {chapter.numeral}. {_said(chapter.title)}"
    for section in chapter.sections:
        if section.heading:
            yield f"##{'#' * section.level} {section.letter}. {_said(section.heading)}"
        yield from _paragraphs(report, section.paragraphs)


def _paragraphs(report: Report, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    inside = ""  # a sub-paragraph begins where the text of its paragraph does: further in it would become code
    for paragraph in paragraphs:
        if paragraph.letter:
            yield f"{inside}{paragraph.label} {_text(paragraph)}"
        else:
            sign = f"{paragraph.number}. "
            inside = " " * len(sign)
            yield sign + _text(paragraph)
        yield from (f"{inside}*{_said(correction_line(one))}*" for one in report.corrected(paragraph))


def _text(paragraph: Paragraph) -> str:
    return "".join(_said(text) + (f"[^{footnote.number}]" if footnote else "") for text, footnote in paragraph.pieces)


def _annex(annex: Annex) -> Iterator[str]:
    yield f"## {LABELS['annex']} {annex.numeral}. {_said(annex.title)}"
    for part in annex.parts:
        if part.heading:
            yield f"### {_said(part.heading)}"
        rows = (annex.columns, ("---",) * len(annex.columns), *part.rows)
        yield "\n".join(_row(row, plain=place == 1) for place, row in enumerate(rows))


def _row(cells: tuple[str, ...], *, plain: bool) -> str:
    return "| " + " | ".join(cells if plain else map(_said, cells)) + " |"


def _said(text: str) -> str:
    """Return the text in one line, with every sign that Markdown would act on escaped."""
    line = SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", text))
    return LIST_START.sub(lambda found: (found[2] or "") + "\\" + (found[3] or found[5]), line)
