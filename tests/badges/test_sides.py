"""Own sizes, both sides, parts left out, and pages of several sizes in one file, as a reader of the PDF finds them."""

from dataclasses import replace
from typing import Any

import pytest
import zxingcpp
from flask import Flask

from eventapp.badges.printing import sheet
from eventapp.badges.printing.batches import Run
from eventapp.badges.printing.layouts import HIGH, LAYOUTS, PARTS, USUAL_PARTS, WIDE, Design, Size
from tests.badges.make_faces import NAMES, face
from tests.badges.reading import codes, pages, sides, texts

FRONT, BACK = ("category", "delegation", "code"), ("sessions",)
FULL: dict[str, Any] = {
    "name_own": "Ольга Иванова",
    "organization": "Ministry of Digital Economy",
    "roles": ("Head of delegation",),
    "sessions": ("Speaker, S5",),
    "languages": ("Arabic", "English"),
    "zones": ("A1",),
    "remark": "No photographs",
}
WORDS = {
    "category": "Member State",
    "name_own": "Ольга Иванова",
    "organization": "Ministry of Digital Economy",
    "delegation": "Thailand",
    "roles": "Head of delegation",
    "sessions": "Speaker, S5",
    "languages": "Arabic · English",
    "zones": "A1",
    "remark": "No photographs",
}


def printed(design: Design, badges: int = 1) -> bytes:
    faces = [face(n, name=f"Name {n}", sessions=(f"Speaker, S{n}",)) for n in range(1, badges + 1)]
    return sheet.pdf_of([Run(design, faces)], title="Badges").pdf


@pytest.mark.parametrize(
    ("wide", "high"), [(100, 70), (70, 100), (WIDE[0], HIGH[0]), (WIDE[1], HIGH[1]), (90, 90), (54, 120)]
)
def test_an_own_size_is_the_page_and_its_code_is_read(app: Flask, wide: int, high: int) -> None:
    full = face(**FULL)

    made = sheet.pdf_of([Run(Design(Size.OWN, tuple(PARTS), None, wide, high), [full])], title="Badges").pdf

    assert sides(made) == [(wide * 10, high * 10)]
    assert codes(made, scale=5) == [full.code]


def test_each_page_of_a_single_badge_is_followed_by_its_back(app: Flask) -> None:
    made = printed(Design(Size.CARD, FRONT, BACK), badges=3)

    assert ["Thailand" in page for page in texts(made)] == [True, False] * 3
    assert [n for n in range(1, 4) for page in texts(made) if f"Speaker, S{n}" in page] == [1, 2, 3]
    assert [bool(places(made, page)) for page in range(6)] == [True, False] * 3


@pytest.mark.parametrize(
    ("size", "across", "down"), [(Size.SHEET, 2, 2), (Size.CARD_SHEET, 2, 5), (Size.A7_SHEET, 4, 2)]
)
def test_the_back_of_a_sheet_is_mirrored_and_lies_behind_its_front(
    app: Flask, size: Size, across: int, down: int
) -> None:
    """Held against the light: where the front of a badge is, its back is, with the left and the right exchanged."""
    many = across * down + 1  # the last sheet has one alone
    made = printed(Design(size, FRONT, FRONT), badges=many)

    assert len(sides(made)) == 4
    for front, back in ((0, 1), (2, 3)):
        before, behind = places(made, front), places(made, back)
        assert len(before) == (many - 1 if front == 0 else 1)
        assert before.keys() == behind.keys()
        wide = LAYOUTS[size].badge[0]
        margin = (LAYOUTS[size].page[0] - across * wide) / 2
        for code, (left, top) in before.items():
            column = int((left - margin) // wide)
            assert int((behind[code][0] - margin) // wide) == across - 1 - column
            assert abs(top - behind[code][1]) < 3


def test_a_fold_has_its_back_on_the_left_of_the_same_page(app: Flask) -> None:
    both = printed(Design(Size.FOLDED, FRONT, BACK))
    alike = printed(Design(Size.FOLDED, FRONT))

    assert (len(sides(both)), len(sides(alike))) == (1, 1)
    assert (len(places(both, 0)), len(places(alike, 0))) == (1, 2)
    [(left, _top)] = places(both, 0).values()
    assert left > 105
    assert "Speaker, S1" in texts(both)[0]


def test_layouts_of_several_sizes_are_one_file_in_their_order(app: Flask) -> None:
    """Also where the Han fonts make a press of its own of some of them."""
    name, own = NAMES["ja"]
    han = [face(n, name=name, name_own=own, language_own="ja") for n in (1, 2)]
    runs = [
        Run(Design(Size.A6), [face(3), han[0]]),
        Run(Design(Size.CARD, USUAL_PARTS, BACK), [han[1], face(4)]),
        Run(Design(Size.SHEET), [face(n) for n in range(5, 10)]),
    ]

    made = sheet.pdf_of(runs, title="Badges").pdf

    assert sides(made) == [(1050, 1480)] * 2 + [(900, 550)] * 4 + [(2100, 2970)] * 2
    found = [[n for n in range(1, 10) if f"R-{n:04d}" in page] for page in texts(made)]
    assert found == [[3], [1], [2], [2], [4], [4], [5, 6, 7, 8], [9]]


@pytest.mark.parametrize("left_out", sorted(WORDS))
@pytest.mark.parametrize("size", [Size.A6, Size.CARD])
def test_a_part_is_on_the_badge_unless_it_is_left_out(app: Flask, size: Size, left_out: str) -> None:
    some = tuple(part for part in PARTS if part != left_out)

    [whole] = texts(sheet.pdf_of([Run(Design(size, tuple(PARTS)), [face(**FULL)])], title="Badges").pdf)
    [without] = texts(sheet.pdf_of([Run(Design(size, some), [face(**FULL)])], title="Badges").pdf)

    assert {part for part, words in WORDS.items() if words not in whole} == set()
    assert {part for part, words in WORDS.items() if words not in without} == {left_out}


def test_without_a_code_there_is_none(app: Flask) -> None:
    assert codes(printed(Design(Size.A6, ("delegation",)))) == []


def test_a_badge_left_with_its_name_alone_prints(app: Flask) -> None:
    [words] = texts(printed(Design(Size.CARD, ())))
    assert "Name 1" in words and "Thailand" not in words


def test_what_is_missing_on_both_sides_is_said_once(app: Flask) -> None:
    odd = face(name="Ada \U0001e900")
    made = sheet.pdf_of([Run(Design(Size.A6, FRONT, BACK), [odd])], title="Badges")
    assert [one.field for one in made.missing] == ["name"]


@pytest.mark.parametrize(
    ("kept", "design"),
    [
        ({}, Design()),
        ({"size": "a7", "front": ["code"], "back": []}, Design(Size.A7, ("code",), ())),
        ({"size": "own", "front": [], "wide": 100, "high": 70}, Design(Size.OWN, (), None, 100, 70)),
        ({"size": "own", "front": [], "wide": 5, "high": 70}, Design(Size.SHEET, ())),
        ({"size": "a0", "front": ["code"]}, Design(Size.SHEET, ("code",))),
        (
            {"size": "card", "parts": ["roles", "photo"]},  # as layouts were kept before parts could be left out
            Design(Size.CARD, ("category", "photo", "delegation", "roles", "sessions", "code")),
        ),
    ],
)
def test_a_design_is_read_as_it_was_kept(kept: dict[str, object], design: Design) -> None:
    assert Design.of(kept) == design
    assert Design.of(design.as_record()) == design


def test_pages_are_counted_with_their_backs() -> None:
    double = Design(Size.SHEET, USUAL_PARTS, BACK)
    counted = [one.pages(9) for one in (Design(), double, Design(Size.FOLDED), replace(double, size=Size.FOLDED))]
    assert counted == [3, 6, 9, 9]


def places(pdf: bytes, number: int) -> dict[str, tuple[float, float]]:
    """Where the middle of each code of this page is, in mm from the left and the top, by what it says and how often."""
    page = list(pages(pdf, scale=3))[number]
    found: dict[str, tuple[float, float]] = {}
    for one in zxingcpp.read_barcodes(page):
        corners = [one.position.top_left, one.position.bottom_right]
        across, down = (sum(getattr(corner, way) for corner in corners) / 2 / 3 * 25.4 / 72 for way in ("x", "y"))
        found[one.text if one.text not in found else f"{one.text} again"] = (across, down)
    return found
