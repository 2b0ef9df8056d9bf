"""The longest name in each script, as the press makes its badge and measures it."""

import base64
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from eventapp.badges.layouts.longest import Longest, longest, longest_badges, script_of
from eventapp.badges.layouts.looks import Found, faults_in, looked_at
from eventapp.badges.printing.layouts import PARTS, USUAL_PARTS, Design, Size
from eventapp.registration.models import PENDING
from tests import make
from tests.badges.make_faces import face


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Anong", "Latn"),
        ("1. Ольга", "Cyrl"),
        ("سميرة", "Arab"),
        ("渡辺", "Hani"),
        ("わたなべ", "Jpan"),
        ("อนงค์", "Thai"),
        ("42", ""),
        ("", ""),
        ("\U0001e900", ""),
    ],
)
def test_the_first_letter_says_the_script(name: str, script: str) -> None:
    assert script_of(name) == script


def test_the_longest_has_the_most_letters_without_their_marks() -> None:
    names = [("R-0001", "Ada"), ("R-0002", "Grace"), ("R-0003", "A\u0301\u0301\u0301\u0301da"), ("R-0004", "李文静")]
    names += [("R-0005", "Ada\t\t\t\t"), ("R-0006", "")]

    assert longest(names) == [Longest("Latn", "Grace", "R-0002"), Longest("Hani", "李文静", "R-0004")]


def test_people_of_the_layout_stand_before_the_samples(app: Flask) -> None:
    meeting = make.meeting()
    press, states = make.category(meeting, code="PRESS"), make.category(meeting, code="MEM")
    make.registration(meeting, number=1, badge_name="Ada", category=press)
    make.registration(meeting, number=2, badge_name="Grace Hopper", own_name="سميرة", category=states)
    make.registration(meeting, number=3, badge_name="Somebody Waiting Long", category=press, state=PENDING)

    def found(category: object) -> list[tuple[str, str]]:
        return [(one.script, one.reference) for one, _face in longest_badges(meeting, category)]  # type: ignore[arg-type]

    assert found(press) == [("Latn", "R-0001"), ("Arab", ""), ("Cyrl", ""), ("Hani", "")]
    assert found(None) == [("Latn", "R-0002"), ("Arab", "R-0002"), ("Cyrl", ""), ("Hani", "")]
    press.badge_layout = Design(Size.A7).as_record()
    states.badge_layout = Design(Size.A7).as_record()
    assert {reference for _script, reference in found(None)} == {""}, "nobody is printed by it"
    assert longest_badges(make.meeting(), None) == []


@pytest.mark.parametrize(("back", "sides"), [(None, 1), (("sessions",), 2)])
@pytest.mark.parametrize("size", [Size.SHEET, Size.FOLDED, Size.CARD])
def test_each_side_is_a_picture_of_one_badge(app: Flask, size: Size, back: tuple[str, ...] | None, sides: int) -> None:
    names = ["Anong Suksawat", "Grace Hopper"]
    found = [Longest("Latn", name, f"R-{n}") for n, name in enumerate(names)]
    design = Design(size, USUAL_PARTS, back)

    looks = looked_at(found, [face(n, name=name) for n, name in enumerate(names)], design)

    assert [len(look.pictures) for look in looks] == [sides, sides]
    picture = Image.open(BytesIO(base64.b64decode(looks[1].pictures[0])))
    assert picture.mode == "P", "the page has all of them in it: one byte a dot"
    assert abs(picture.width / picture.height - design.layout.badge[0] / design.layout.badge[1]) < 0.01
    assert [look.faults for look in looks] == [(), ()]
    assert len({picture for look in looks for picture in look.pictures}) == 2 * sides


def test_a_name_without_room_is_said(app: Flask) -> None:
    long, word = "Wilhelmina Constantinopolitanska " * 20, "W" * 24
    found = [Longest("Latn", name, "R-1") for name in (long, word)]

    looks = looked_at(found, [face(1, name=long), face(2, name=word)], Design(Size.OWN, USUAL_PARTS, None, 54, 40))

    assert "Name: it does not fit, and some of it is cut off." in looks[0].faults
    [fault] = looks[1].faults
    assert "Name: it is set in " in fault and "too small to be read from a step away" in fault


def test_what_shrinks_until_nobody_reads_it_is_said(app: Flask) -> None:
    full = face(
        name="Maria Fernanda Constantinopolitanska",
        name_own="สมเด็จพระวันรัตมหาเถระ",
        organization="Ministry of everything " * 8,
        roles=("Deputy head of delegation",),
        sessions=("Moderator, S7", "Panellist, S8", "Chair, S9"),
        languages=("Arabic", "Chinese", "English", "French", "Russian", "Spanish"),
        zones=tuple(f"ZN{n}" for n in range(9)),
        remark="No photographs",
    )
    [look] = looked_at([Longest("Latn", full.name, "R-1")], [full], Design(Size.OWN, tuple(PARTS), None, 54, 40))
    assert any("Organization: it is set in " in fault for fault in look.faults)


def test_texts_over_one_another_are_said(app: Flask) -> None:
    """Every text shrinks before that; it is a badge of hundreds of zones."""
    assert list(faults_in([Found("0", "room", 0, True)])) == []
    assert list(faults_in([Found("0", "room", 0, False)])) == [
        "Not everything finds room: texts lie over one another. Leave a part out."
    ]


def test_a_character_without_a_glyph_is_named(app: Flask) -> None:
    [look] = looked_at([Longest("Latn", "Ada", "R-0012")], [face(12, name="Ada \U0001e900")], Design(Size.A6))
    assert look.faults == ("U+1E900 ADLAM CAPITAL LETTER ALIF in the name of R-0012",)
