"""Sections: chapters of the editor that are printed as the sections of another, which they follow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from eventapp.review.compiling.numbering import Unnumbered
from eventapp.review.reports.models import Chapter


def families(chapters: Sequence[Chapter]) -> list[list[Chapter]]:
    """Return each chapter as it is printed, in order: itself, then its sections.

    What says that it is a section and does not stand behind its chapter is a chapter of its own.
    """
    found: list[list[Chapter]] = []
    for chapter in chapters:
        if chapter.section_of and found and found[-1][0].block == chapter.section_of:
            found[-1].append(chapter)
        else:
            found.append([chapter])
    return found


def in_chapters(
    chapters: Sequence[Chapter], rows: Mapping[int, Sequence[Unnumbered]]
) -> list[tuple[str, list[Unnumbered]]]:
    """Return the chapters as they are printed, with `rows` by the numbers of their rows; empty ones are left out.

    The first paragraph of a section has its heading above it, and always a number of its own.
    """
    printed = [
        (family[0].title, [row for place, one in enumerate(family) for row in _headed(one, rows, is_section=place > 0)])
        for family in families(chapters)
    ]
    return [(title, found) for title, found in printed if found]


def _headed(chapter: Chapter, rows: Mapping[int, Sequence[Unnumbered]], *, is_section: bool) -> list[Unnumbered]:
    own = list(rows.get(chapter.id, ()))
    if is_section and own:
        own[0] = replace(own[0], section=chapter.title, level=0)
    return own
