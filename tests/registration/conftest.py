"""What the tests of the ways in front of the application watch."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, request_started


@pytest.fixture
def requests(app: Flask) -> Iterator[list[str]]:
    """Every request that comes as far as the application."""
    came: list[str] = []

    def note(_app: Flask, **_more: Any) -> None:
        came.append("request")

    request_started.connect(note, app)
    yield came
    request_started.disconnect(note, app)
