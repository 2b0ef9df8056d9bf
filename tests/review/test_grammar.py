"""Reported speech and numbers in words, as the grammar file gives them."""

import pytest

from eventapp.review.language.grammar import how_many, in_the_past, is_clause
from eventapp.review.language.pieces import cut


@pytest.mark.parametrize(
    ("said", "reported"),
    [
        ("prices are high and the gap keeps growing", "prices were high and the gap kept growing"),
        ("the cable has been cut", "the cable had been cut"),
        ("operators will share masts", "operators would share masts"),
        ("a country cannot wait", "a country could not wait"),
        ("the need for skills is clear", "the need for skills was clear"),
        ("plans should have a budget and it helps", "plans should have a budget and it helped"),
        ("a guide needs support", "a guide needed support"),
        ("we are concerned by our costs", "it was concerned by its costs"),
        ("we need help with our costs", "it needed help with its costs"),
        ("plans should say “prices are high” (this is so)", "plans should say “prices are high” (this is so)"),
        ("the needs grow", "the needs grew"),
        ("prices fall and networks grow", "prices fell and networks grew"),
        (
            "costs rise, islands lack cables and women lag behind",
            "costs rose, islands lacked cables and women lagged behind",
        ),
        ("a programme that links the islands", "a programme that linked the islands"),
        ("the rule places a burden on them", "the rule placed a burden on them"),
        ("the links are few in many places", "the links were few in many places"),
        ("a rise in prices and the lack of staff", "a rise in prices and the lack of staff"),
        (
            "means of implementation and information and communications support",
            "means of implementation and information and communications support",
        ),
        ("partners help the networks grow", "partners help the networks grow"),
        ("it rose in 2015^[ESCAP is the source.]", "it rose in 2015^[ESCAP is the source.]"),
    ],
)
def test_present_becomes_past_where_the_word_is_a_verb(said: str, reported: str) -> None:
    assert in_the_past(said) == reported


def test_several_who_speak_are_they() -> None:
    assert in_the_past("we are concerned by our costs", several=True) == "they were concerned by their costs"


@pytest.mark.parametrize(
    ("delegations", "took_the_floor", "words"),
    [
        (1, 20, "one delegation"),
        (2, 20, "two delegations"),
        (3, 3, "several delegations"),
        (5, 20, "several delegations"),
        (6, 13, "a number of delegations"),
        (6, 12, "many delegations"),
        (9, 12, "most delegations"),
        (12, 12, "all delegations that took the floor"),
    ],
)
def test_the_count_of_delegations_gives_the_words(delegations: int, took_the_floor: int, words: str) -> None:
    assert how_many(delegations, took_the_floor) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Prices fall. Use grows.", ["Prices fall.", "Use grows."]),
        (
            "Fiji, e.g. its islands, asks No. 5 of S. Kumar. Others wait!",
            ["Fiji, e.g. its islands, asks No. 5 of S. Kumar.", "Others wait!"],
        ),
        ("One sentence", ["One sentence"]),
    ],
)
def test_a_text_is_cut_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_what_has_no_verb_is_no_clause() -> None:
    assert not is_clause("Winner 2015 under C3.")
    assert is_clause("Plans stalled on money.")
