"""The one way the domain says no. The message is written for the person who asked."""


class Refused(Exception):  # noqa: N818 -- a refusal is an answer, not an error
    """What happened, why, and what to do now, in one sentence; a page answers it with 409.

    `beside` is the name of the field that the sentence is about: a form that has it shows the sentence there.
    """

    def __init__(self, sentence: str, *, beside: str = "") -> None:
        super().__init__(sentence)
        self.beside = beside
