from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from eventapp.badges.printing.batches import Run
from eventapp.badges.printing.faces import BadgeFace
from eventapp.badges.printing.layouts import LAYOUTS, PARTS, Design, Size
from eventapp.badges.queries import Bearer
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Category, Meeting


@dataclass(frozen=True)
class Printing:
    """How many badges come out by one design, and what that takes."""

    design: Design
    badges: int
    categories: tuple[Category, ...]  # whose badges these are

    @property
    def pages(self) -> int:
        return self.design.pages(self.badges)


def design_of(meeting: Meeting, category: Category | None) -> Design:
    """How badges of this category come out: by its own layout where it has one, else by that of the meeting."""
    return Design.of((category.badge_layout if category else None) or meeting.badge_layout)


def printings(meeting: Meeting, by_category: Mapping[str, int], size: Size | None = None) -> list[Printing]:
    """So many badges of each category by how they come out, in the order in which a file has them.

    With a size all in that one, each with its parts.
    """
    found: dict[Design, list[Category]] = {}
    for category in meeting.categories:
        if by_category.get(category.code):
            found.setdefault(in_size(design_of(meeting, category), size), []).append(category)
    return [
        Printing(design, sum(by_category[one.code] for one in theirs), tuple(theirs))
        for design, theirs in found.items()
    ]


def runs_of(
    meeting: Meeting, shown: Sequence[Bearer], faces: Sequence[BadgeFace], size: Size | None = None
) -> list[Run]:
    """These badges, each as its category has it; those that come out alike together, in the order of `printings`."""
    designs = {one.id: in_size(design_of(meeting, one), size) for one in meeting.categories}
    sorted_out: dict[Design, list[BadgeFace]] = {design: [] for design in designs.values()}
    for bearer, face in zip(shown, faces, strict=True):
        sorted_out[designs[bearer.registration.category.id]].append(face)
    return [Run(design, some) for design, some in sorted_out.items() if some]


def in_size(design: Design, size: Size | None) -> Design:
    """The same in another size; None for its own."""
    if size is None or size == design.size:
        return design
    return replace(design, size=size, wide=0, high=0)


def alone(design: Design) -> Design:
    """The same with one badge on a page, for a printer at a counter or at home."""
    if design.layout.to_a_page == 1:
        return design
    one = {Size.CARD_SHEET: Size.CARD, Size.A7_SHEET: Size.A7}.get(design.size, Size.A6)
    return replace(design, size=one)


def size_words(design: Design) -> str:
    """What the paper is: Four A6 on A4, or 100 × 70 mm."""
    if design.size == Size.OWN:
        return _("%(wide)s × %(high)s mm", wide=design.wide, high=design.high)
    return str(LAYOUTS[design.size].label)


def part_words(parts: Sequence[str], labels: Mapping[str, str]) -> str:
    """What stands on a side, in words; `labels` are the questions by their code."""
    named = (str(PARTS[part]) if part in PARTS else labels.get(part) for part in parts)
    return ", ".join([_("Name"), *filter(None, named)])


def in_words(design: Design, labels: Mapping[str, str]) -> str:
    """All of it, in one line."""
    back = "" if design.back is None else "; " + _("on the back: %(parts)s", parts=part_words(design.back, labels))
    return f"{size_words(design)}: {part_words(design.parts, labels)}{back}"
