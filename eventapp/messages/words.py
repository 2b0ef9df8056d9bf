"""What may stand in braces in a message."""

from collections.abc import Iterable

from eventapp.ground.text.i18n import _l
from eventapp.mail import placeholders
from eventapp.mail.placeholders import CLOSE, OPEN, filled

__all__ = ["CLOSE", "LINKS", "OPEN", "PLACEHOLDERS", "filled", "marked", "misspelt", "uses"]

PLACEHOLDERS = {
    "name": _l("name in full"),
    "given_name": _l("given name"),
    "family_name": _l("family name"),
    "category": _l("type of participant"),
    "delegation": _l("State or organization"),
    "number": _l("registration number"),
    "meeting": _l("title of the meeting"),
    "dates": _l("dates of the meeting"),
    "place": _l("venue and city"),
    "contact": _l("address of the secretariat"),
    "registration_link": _l("private link to My registration"),
}
LINKS = ("registration_link",)


def misspelt(text: str) -> list[str]:
    """A sentence for each word in braces that is not on the list."""
    return placeholders.misspelt(text, PLACEHOLDERS)


def marked(text: str, base_url: str) -> str:
    """The text with a mark for each placeholder, a link as an address of ours."""
    return placeholders.marked(text, PLACEHOLDERS, links=LINKS, base_url=base_url)


def uses(word: str, texts: Iterable[str]) -> bool:
    """Whether one of these texts names this placeholder."""
    return any(f"{{{word}}}" in text for text in texts)
