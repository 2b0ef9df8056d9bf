"""Words that find their language later are text on a page, as all others are."""

from flask import Flask, render_template_string
from flask_babel import LazyString as Unread
from flask_babel import gettext

from eventapp.ground.text.i18n import _l

TYPED = "<b onload=x>'&"


def test_lazy_words_are_escaped_like_any_other_text(app: Flask) -> None:
    with app.test_request_context():
        assert render_template_string("{{ words }}", words=_l(TYPED)) == "&lt;b onload=x&gt;&#39;&amp;"
        assert str(_l(TYPED)) == TYPED


def test_without_that_they_would_be_markup(app: Flask) -> None:
    with app.test_request_context():
        assert "<b" in render_template_string("{{ words }}", words=Unread(gettext, TYPED))
