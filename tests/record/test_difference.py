from hypothesis import given
from hypothesis import strategies as st

from eventapp.record.notes.content import title_from
from eventapp.record.notes.difference import NEW, OLD, SAME, Run, pieces, words_changed

WORDS = st.text(alphabet=st.sampled_from("ab é.,ก็ข日本\n -’"), max_size=40)


@given(before=WORDS, after=WORDS)
def test_both_texts_can_be_read_from_the_difference(before: str, after: str) -> None:
    runs = words_changed(before, after)
    assert "".join(run.text for run in runs if run.kind != NEW) == before
    assert "".join(run.text for run in runs if run.kind != OLD) == after


def test_only_the_changed_word_is_marked() -> None:
    assert words_changed("support for LDCs.", "support for all LDCs.") == (
        Run(SAME, "support for "),
        Run(NEW, "all "),
        Run(SAME, "LDCs."),
    )


def test_thai_is_cut_into_letters_that_keep_their_marks() -> None:
    assert pieces("ที่นี่") == ["ที่", "นี่"]


def test_a_title_is_the_first_sentence_cut_at_a_word() -> None:
    assert title_from("Radio reaches farmers. Portals do not.") == "Radio reaches farmers"
    long = title_from("word " * 60)
    assert len(long) <= 120
    assert long.endswith("word…")
