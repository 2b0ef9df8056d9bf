import pytest

from eventapp.drafts.tabs import is_later, mark_in

WINDOW, OTHER = 30 * "a", 30 * "b"


@pytest.mark.parametrize(
    ("before", "mark", "yes"),
    [
        (f"{WINDOW}.1", f"{WINDOW}.2", True),
        (f"{WINDOW}.9", f"{WINDOW}.10", True),
        (f"{WINDOW}.2", f"{WINDOW}.2", False),
        (f"{WINDOW}.10", f"{WINDOW}.9", False),
        (f"{OTHER}.1", f"{WINDOW}.2", False),
        ("", f"{WINDOW}.1", False),
        (f"{WINDOW}.1", "", False),
        ("", "", False),
    ],
)
def test_only_a_later_keeping_of_the_same_window_is_later(before: str, mark: str, yes: bool) -> None:
    assert is_later(before, mark) is yes


@pytest.mark.parametrize(
    "typed", [None, "", "x", f"{WINDOW}.0", f"{WINDOW}.1234567890123456", f"{WINDOW}1", f"{WINDOW}.1\n"]
)
def test_what_is_no_mark_counts_as_none(typed: str | None) -> None:
    assert mark_in(typed) == ""
    assert mark_in(f"{WINDOW}.1") == f"{WINDOW}.1"
