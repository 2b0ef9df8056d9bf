"""References are read in what was numbered: it must be as if they had been read before, and all numbered again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from eventapp.review.compiling.numbering import Unnumbered, numbered, with_places, with_references

KNOWN = {
    "{annex:programme}": "annex II",
    "{paragraph:S2-01}": "paragraph 17",
    "{chapter:Way forward}": "chapter IV",
}
PIECES = (
    "It was noted.",
    "See {annex:programme}.",
    "{paragraph:S2-01} says so.",
    "As in {annex:lost}.",
    "{open brace.",
)
FOOTNOTES = ("", "^[A/70/1.]", " ^[See {chapter:Way forward} and {annex:programme}.]")
SENTENCES = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(FOOTNOTES)), min_size=1, max_size=4)


@st.composite
def rows(draw: st.DrawFn) -> Unnumbered:
    words = ["".join(pair) for pair in draw(SENTENCES)]
    points = draw(st.sampled_from(("", "\n1. First of {annex:programme};\n2. Second.^[{paragraph:S2-01}.]")))
    told = tuple((one, ("S1-01",)) for one in words) if draw(st.booleans()) else ()
    return Unnumbered(" ".join(words) + points, level=draw(st.sampled_from((0, 1))), sentences=told)


def read_before(one: Unnumbered) -> Unnumbered:
    told = tuple((with_references(words, KNOWN), notes) for words, notes in one.sentences)
    return replace(one, text=with_references(one.text, KNOWN), sentences=told)


@given(st.lists(rows(), min_size=1, max_size=5), st.booleans())
def test_what_is_read_afterwards_is_what_is_read_before(written: list[Unnumbered], apart: bool) -> None:
    before = numbered([("One", [read_before(one) for one in written])], apart=apart)
    assert with_places(numbered([("One", written)], apart=apart), KNOWN) == before
