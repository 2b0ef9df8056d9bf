"""The one way the domain says no. The message is written for the person who asked."""


class Refused(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """What happened, why, and what to do now, in one sentence; a page answers it with 409."""
