import pytest

from eventapp.messages.words import CLOSE, OPEN, filled, marked, misspelt

HERE = "http://localhost"


@pytest.mark.parametrize(
    "text", ["{{7*7}}", "{a.b}", "{a[0]}", "{a!r:>9999}", "{{name}}", "{ name }", "{event.__init__}", "{% raw %}"]
)
def test_what_looks_like_a_program_is_plain_text(text: str) -> None:
    assert misspelt(text) == []
    assert filled(marked(text, HERE), {"name": "Ada"}) == text


def test_a_misspelt_word_is_named_with_the_one_that_was_meant() -> None:
    assert misspelt("Dear {nme}, open {registraton_link}. {zzz}") == [
        "There is no {nme}. Did you mean {name}?",
        "There is no {registraton_link}. Did you mean {registration_link}?",
        "There is no {zzz}. Choose one from the list below the text.",
    ]


def test_a_value_is_never_looked_into() -> None:
    text = marked(f"{{name}} {OPEN}contact{CLOSE}", HERE)
    assert filled(text, {"name": f"{{number}}{OPEN}number{CLOSE}", "number": "R-1", "contact": "x"}) == (
        f"{{number}}{OPEN}number{CLOSE} contact"
    )
