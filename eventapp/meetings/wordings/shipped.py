"""The shipped words of a letter, with braces for what differs each time."""

from eventapp.mail.compose import draw
from eventapp.meetings.wordings.letters import KINDS


def shipped(name: str, language: str) -> tuple[str, str]:
    """The subject and the text of this letter as they are shipped."""
    kind = KINDS[name]
    subject, text, _html = draw(
        kind.template, language, {**{word: f"{{{word}}}" for word in kind.words}, **kind.sample}
    )
    return subject, text.strip()
