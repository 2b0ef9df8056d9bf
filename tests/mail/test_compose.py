import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from eventapp.mail.compose import compose, one_line

pytestmark = pytest.mark.usefixtures("app")

TEMPLATE = """{% block subject %}{{ _('Home') }}: {{ name }}{% endblock %}
{% block body %}
Dear {{ name }},



Two lines
of one paragraph.

Open your registration:
{{ base_url }}/registrations/abc

Also at {{ base_url }}/x, or elsewhere at https://elsewhere.example/y.
{% endblock %}
"""


@pytest.fixture(autouse=True)
def templates(fresh_app: Flask) -> None:
    """One letter more than the house has."""
    letters = fresh_app.jinja_env
    assert letters.loader
    letters.loader = ChoiceLoader([DictLoader({"test/mail/hello.txt": TEMPLATE}), letters.loader])


def test_a_letter_has_a_subject_and_a_text() -> None:
    letter = compose("test/mail/hello.txt", to="ada@example.org", name="Ada")
    assert letter.subject == "Home: Ada"
    assert letter.text == (
        "Dear Ada,\n\nTwo lines\nof one paragraph.\n\nOpen your registration:\nhttp://localhost/registrations/abc\n\n"
        "Also at http://localhost/x, or elsewhere at https://elsewhere.example/y.\n"
    )


def test_the_html_part_says_the_same_with_buttons_and_links() -> None:
    html = compose("test/mail/hello.txt", to="ada@example.org", name="Ada").html
    assert "<p>Two lines<br>\nof one paragraph.</p>" in html
    assert (
        '<a href="http://localhost/registrations/abc"><font color="#ffffff" face="Helvetica, Arial, sans-serif"><b>Open your registration</b></font></a>'
        in html
    )
    assert (
        'Also at <a href="http://localhost/x">http://localhost/x</a>, or elsewhere at https://elsewhere.example/y.'
        in html
    )


@pytest.mark.parametrize("own", [{}, {"name": "Ada"}], ids=["for one reader", "for a crowd"])
def test_a_letter_ends_with_what_is_made_up(own: dict[str, str]) -> None:
    letter = compose("test/mail/hello.txt", to="a@example.org", own=own, illustrative="Nobody here exists.")
    assert letter.text.endswith("elsewhere.example/y.\n\nNobody here exists.\n")
    assert "<p>Nobody here exists.</p>" in letter.html
    assert compose("test/mail/hello.txt", to="a@example.org", illustrative=None).text.endswith("example/y.\n")


@pytest.mark.parametrize("name", ["<svg onload=x>", "{{7*7}}", "%s%n", "https://evil.example/ click", "&amp;"])
def test_a_name_is_only_ever_a_name(name: str) -> None:
    letter = compose("test/mail/hello.txt", to="ada@example.org", name=name)
    assert f"Dear {name},\n" in letter.text
    assert "<svg" not in letter.html
    assert 'href="https://evil' not in letter.html


@pytest.mark.parametrize("mark", ["\r\nBcc: x@example.org", "\u2028Bcc: x@example.org", "\u0085Bcc: x@example.org"])
def test_a_subject_is_one_line(mark: str) -> None:
    letter = compose("test/mail/hello.txt", to="ada@example.org", name=f"Ada{mark}")
    assert letter.subject == "Home: Ada Bcc: x@example.org"


def test_a_letter_is_written_in_the_language_of_its_reader() -> None:
    letter = compose("test/mail/hello.txt", to="ada@example.org", language="ar", name="Ada")
    assert (letter.language, '<html lang="ar" dir="rtl">' in letter.html) == ("ar", True)


def test_each_letter_has_an_identity_of_its_own() -> None:
    one, other = (compose("test/mail/hello.txt", to="ada@example.org", name="Ada") for _ in range(2))
    assert one.message_id != other.message_id
    assert one.message_id.endswith("@localhost>")


def test_one_line_takes_every_kind_of_break() -> None:
    assert one_line(" a\tb\r\nc\u2029d\x0be ") == "a b c d e"


def test_the_heading_does_not_say_the_meeting_again() -> None:
    letter = compose("test/mail/hello.txt", to="ada@example.org", name="Ada", meeting_name="Ada")
    assert letter.subject == "Home: Ada" and '<h1><font size="5">Home</font></h1>' in letter.html
    other = compose("test/mail/hello.txt", to="ada@example.org", name="Ada", meeting_name="Home")
    assert '<h1><font size="5">Home: Ada</font></h1>' in other.html
