"""Which tab of a browser sent a text: its name, which no other tab has, and a number that rises with each sending."""

import re

MARK = re.compile(r"([0-9a-z]{1,30})\.([1-9][0-9]{0,14})")
LONGEST_MARK = 48


def mark_in(typed: str | None) -> str:
    """The mark that a browser sent, or none where it is not one."""
    return typed if typed and MARK.fullmatch(typed) else ""


def is_later(before: str, mark: str) -> bool:
    """Whether the same tab sent this after what it sent before."""
    return _compare(before, mark) > 0


def is_repeat(before: str, mark: str) -> bool:
    """Whether the same tab sent this no later than what it sent before: it arrives twice, or late."""
    return bool(before) and (before == mark or _compare(before, mark) < 0)


def _compare(before: str, mark: str) -> int:
    """How much later the second is; 0 where they are of two tabs."""
    older, newer = MARK.fullmatch(before), MARK.fullmatch(mark)
    return int(newer[2]) - int(older[2]) if older and newer and older[1] == newer[1] else 0
