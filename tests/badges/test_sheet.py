import re

import pytest
from flask import Flask

from eventapp.badges.printing import fonts, sheet
from eventapp.badges.printing.faces import BadgeFace, Missing
from eventapp.badges.printing.layouts import LAYOUTS, Size
from eventapp.badges.printing.lines import line
from tests.badges.make_faces import NAMES, face
from tests.badges.reading import bottom_and_top, codes, sides, texts

WITHOUT_GLYPH = "\U0001e900"


@pytest.mark.parametrize("size", list(LAYOUTS))
def test_every_code_is_read_back_from_the_printed_page(app: Flask, size: Size) -> None:
    faces = [face(n, name=name, name_own=own, language_own=language) for n, (language, (name, own)) in numbered()]

    printed = sheet.pdf(faces, size, title="Badges")

    twice = LAYOUTS[size].copies
    assert codes(printed.pdf, scale=4) == sorted(badge.code for badge in faces for _copy in range(twice))


@pytest.mark.parametrize(
    ("size", "badges", "expected"),
    [
        (Size.SHEET, 5, [(2100, 2970)] * 2),
        (Size.A6, 3, [(1050, 1480)] * 3),
        (Size.CARD, 2, [(900, 550)] * 2),
        (Size.LETTER, 5, [(2159, 2794)] * 2),
        (Size.FOLDED, 2, [(2100, 1480)] * 2),
        (Size.A7, 1, [(740, 1050)]),
        (Size.A7_SHEET, 9, [(2970, 2100)] * 2),
        (Size.CARD_SHEET, 11, [(2100, 2970)] * 2),
        (Size.ID_CARD, 1, [(860, 540)]),
        (Size.LABEL, 1, [(620, 880)]),
    ],
)
def test_pages_have_the_size_that_was_asked_for(
    app: Flask, size: Size, badges: int, expected: list[tuple[int, int]]
) -> None:
    printed = sheet.pdf([face(n) for n in range(badges)], size, title="Badges")

    assert sides(printed.pdf) == expected


@pytest.mark.parametrize("language", ["lo", "my", "hi", "bn", "ta", "ml", "he", "ja", "zh-Hans", "ko", "ru", "ka"])
def test_the_text_of_a_badge_is_the_name_as_it_was_given(app: Flask, language: str) -> None:
    name, own = NAMES[language]

    printed = sheet.pdf([face(name=name, name_own=own, language_own=language)], Size.A6, title="Badges")

    [text] = texts(printed.pdf)
    assert (name in text, own in text, printed.missing) == (True, True, ())


def test_every_script_of_the_region_has_its_glyphs(app: Flask) -> None:
    faces = [face(n, name=name, name_own=own, language_own=language) for n, (language, (name, own)) in numbered()]

    assert sheet.pdf(faces, Size.SHEET, title="Badges").missing == ()


def test_a_character_without_a_glyph_is_named_and_the_batch_prints(app: Flask) -> None:
    faces = [face(11), face(12, name=f"Ada {WITHOUT_GLYPH}")]

    printed = sheet.pdf(faces, Size.A6, title="Badges")

    assert printed.missing == (Missing("R-0012", "name", WITHOUT_GLYPH),)
    assert printed.missing[0].sentence == "U+1E900 ADLAM CAPITAL LETTER ALIF in the name of R-0012"
    assert len(texts(printed.pdf)) == 2


def test_without_the_tibetan_font_its_letters_are_reported(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_TIBETAN", ())
    fonts._scripts.cache_clear()
    line.cache_clear()

    printed = sheet.pdf([face(12, name_own="བ")], Size.A6, title="Badges")

    monkeypatch.undo()
    fonts._scripts.cache_clear()
    line.cache_clear()
    assert [missing.sentence for missing in printed.missing] == [
        "U+0F56 TIBETAN LETTER BA in the name in own script of R-0012"
    ]


@pytest.mark.parametrize(
    "name",
    ["#sys.inputs", "$x$", "*bold* _it_", '"; #panic()', "\\u{41} // a", "<b>@ref</b>", "= Head", "`raw`", "[a](b)"],
)
def test_a_name_is_text_whatever_it_says(app: Flask, name: str) -> None:
    [text] = texts(sheet.pdf([face(name=name)], Size.A6, title="Badges").pdf)

    assert name in text


@pytest.mark.parametrize("size", list(LAYOUTS))
def test_the_longest_names_stay_clear_of_the_code(app: Flask, size: Size) -> None:
    crowded = face(
        name="W" * 200,
        name_own="ශ්‍රී " * 33,
        organization="Ministry of everything " * 8,
        delegation="Democratic Republic " * 10,
        roles=("Deputy head of delegation", "Moderator of the session on national plans", "Panellist, S7", "Chair, S9"),
        remark="No photographs",
    )

    printed = sheet.pdf([crowded], size, title="Badges")

    assert codes(printed.pdf, scale=4) == [crowded.code] * LAYOUTS[size].copies


@pytest.mark.parametrize("size", list(LAYOUTS))
def test_a_name_of_eighty_letters_in_three_scripts_is_whole_and_the_code_is_read(app: Flask, size: Size) -> None:
    parts = ("Maria Fernanda Constantinopolitanska", "สมเด็จพระวันรัตมหาเถระ", "عبد الرحمن بن محمد الخالدي")
    name = " ".join(parts)
    assert 80 <= len(name) <= 90
    long = face(name=name)

    printed = sheet.pdf([long], size, title="Badges")

    assert not printed.missing
    assert codes(printed.pdf, scale=4) == [long.code] * LAYOUTS[size].copies
    words = "".join(texts(printed.pdf)[0].split())
    assert all("".join(part.split()) in words for part in parts[:1])


@pytest.mark.parametrize("language", ["dz", "th", "my", "hi", "ja"])
def test_on_a_card_who_one_comes_for_stands_above_the_roles(app: Flask, language: str) -> None:
    name, own = NAMES[language]
    full = face(name=name, name_own=own, language_own=language, organization="Ministry of Digital Economy",
                roles=("Head of delegation", "Speaker, S5"), remark="No photographs")  # fmt: skip

    printed = sheet.pdf([full], Size.CARD, title="Badges")

    assert bottom_and_top(printed.pdf, "Thailand")[0] >= bottom_and_top(printed.pdf, "Head of")[1]


def test_the_same_badges_are_the_same_bytes(app: Flask) -> None:
    faces = mixed(130)

    assert sheet.pdf(faces, Size.SHEET, title="Badges").pdf == sheet.pdf(faces, Size.SHEET, title="Badges").pdf


@pytest.mark.parametrize("size", [Size.A6, Size.CARD, Size.SHEET, Size.A7_SHEET])
def test_a_long_batch_in_many_scripts_is_bound_in_the_order_of_the_badges(app: Flask, size: Size) -> None:
    """Badges with Han characters are set apart: they come back to their places."""
    faces = mixed(230)

    printed = sheet.pdf(faces, size, title="Badges")

    found = re.findall(r"· R-(\d{4})", " ".join(texts(printed.pdf)))
    assert [int(number) for number in found] == list(range(230))


def test_what_is_missing_is_told_in_the_order_of_the_badges(app: Flask) -> None:
    faces = [face(n, name=f"Ada {WITHOUT_GLYPH}", name_own="李文静" if n % 2 else "") for n in range(4)]

    printed = sheet.pdf(faces, Size.A6, title="Badges")

    assert [missing.reference for missing in printed.missing] == [f"R-{n:04d}" for n in range(4)]


def mixed(many: int) -> list[BadgeFace]:
    """So many badges, the own names of all scripts in turn."""
    return [
        face(n, name_own=list(NAMES.values())[n % len(NAMES)][1], language_own=list(NAMES)[n % len(NAMES)])
        for n in range(many)
    ]


def numbered() -> list[tuple[int, tuple[str, tuple[str, str]]]]:
    return list(enumerate(NAMES.items()))


def test_a_process_keeps_a_bit_for_each_character(app: Flask) -> None:
    assert fonts.has_glyph("a") and fonts.has_glyph("ก") and not fonts.has_glyph(WITHOUT_GLYPH)
    assert len(fonts._scripts()) + len(fonts._han()) < 300_000
