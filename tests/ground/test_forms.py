"""Forms: what somebody typed is not kept when nobody holds it any more."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from eventapp.forms import Form, Line


class Question(Form):
    """Any form."""

    name = Line("Name", required="Enter a name.")


@pytest.fixture
def nothing_collected() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("nothing_collected")
def test_a_form_is_gone_as_soon_as_nobody_holds_it(app: Flask) -> None:
    with app.test_request_context():
        form = Question(MultiDict({"name": "Anong"}))
        assert form.validate()
        held = ref(form)
        del form
    assert held() is None
