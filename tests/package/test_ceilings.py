"""Every ceiling, rule and state there is, in every combination: what a package says is what may be said, and comes back."""

import pytest
from flask import Flask

from eventapp.package.export import redaction as telling
from eventapp.package.manifest.content import LEVELS, PUBLIC
from tests import make_package
from tests.package.wild import Said, build


def wrong(said: list[Said], words: str, level: str) -> list[str]:
    """What the package says and must not, or does not say and may."""
    words = words.replace(".", " ").replace('"', " ").replace("\\n", " ")
    return [
        f"{mark}: {'missing' if may else 'told'} for {one}"
        for one in said
        for mark, may in one.told(level).items()
        if (f" {mark} " in words) is not may
    ]


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_told_is_what_may_be_told(app: Flask, level: str) -> None:
    meeting, said = build()
    package = make_package.package(meeting, level)

    assert len(said) == 1536 and wrong(said, make_package.words(package), level) == []
    told = [mark for one in said for mark, may in one.told(level).items() if may]
    assert len(told) > 20  # both answers were asked for


def test_without_the_ceilings_the_same_reading_finds_names(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting, said = build()
    monkeypatch.setattr(telling, "level_of", lambda _revision, policy: policy)
    monkeypatch.setattr(telling, "names_above", lambda *_any: [])
    assert any(": told for" in one for one in wrong(said, make_package.words(make_package.package(meeting)), PUBLIC))
