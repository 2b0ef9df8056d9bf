"""What stands in braces in a message: names of a fixed list, put in by plain replacement. Nothing is worked out."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from eventapp.ground.text.i18n import _, _l

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
WORD = re.compile(r"(?<!\{)\{([A-Za-z_]+)\}(?!\})")  # {{7*7}}, {a.b} and {a!r} are plain text
OPEN, CLOSE = "\ue000", "\ue001"  # private use: around a name while the letter of all is drawn
MARK = re.compile(f"{OPEN}([a-z_]+){CLOSE}")


def misspelt(text: str) -> list[str]:
    """A sentence for each word in braces that is not on the list, with the one that was meant where it can be told."""
    return [about(word) for word in dict.fromkeys(WORD.findall(text)) if word not in PLACEHOLDERS]


def about(word: str) -> str:
    meant = get_close_matches(word.lower(), PLACEHOLDERS, n=1)
    if meant:
        return _("There is no %(word)s. Did you mean %(meant)s?", word=f"{{{word}}}", meant=f"{{{meant[0]}}}")
    return _("There is no %(word)s. Choose one from the list below the text.", word=f"{{{word}}}")


def marked(text: str, base_url: str) -> str:
    """The text with a mark for each placeholder, a link as an address of ours, to be drawn once for everybody."""
    text = text.replace(OPEN, "").replace(CLOSE, "")

    def mark(found: re.Match[str]) -> str:
        word = found.group(1)
        if word not in PLACEHOLDERS:
            return found.group()
        return f"{base_url}/{OPEN}{word}{CLOSE}" if word in LINKS else f"{OPEN}{word}{CLOSE}"

    return WORD.sub(mark, text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The drawn text with these values in the place of the marks. A value is never looked into again."""
    return MARK.sub(lambda found: values.get(found.group(1), ""), text)


def uses(word: str, texts: Iterable[str]) -> bool:
    """Whether one of these texts names this placeholder."""
    return any(f"{{{word}}}" in text for text in texts)
