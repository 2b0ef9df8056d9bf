"""Which window of a browser a text that is kept while it is typed comes from.

A window marks each keeping with its name, which is new with each loading of the page, and with a rising number. What
it sends later holds what it sent before, whatever became of the answer: so a text may take the place of an older one of
its own window, and of no other.
"""

import re

MARK = re.compile(r"([0-9a-f]{30})\.([1-9][0-9]{0,8})")
LONGEST_MARK = 40


def mark_in(typed: str | None) -> str:
    """The mark that a browser sent, or none where it is not one."""
    return typed if typed and MARK.fullmatch(typed) else ""


def goes_on(before: str, mark: str) -> bool:
    """Whether this mark is a later one of the same window."""
    older, newer = MARK.fullmatch(before), MARK.fullmatch(mark)
    return bool(older and newer and older[1] == newer[1] and int(older[2]) < int(newer[2]))
