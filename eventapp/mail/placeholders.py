"""Words in braces that organizers write: names of a list, put in by plain replacement. Nothing is worked out."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches

from eventapp.ground.text.i18n import _

WORD = re.compile(r"(?<!\{)\{([A-Za-z_]+)\}(?!\})")  # {{7*7}}, {a.b} and {a!r} are plain text
OPEN, CLOSE = "\ue000", "\ue001"  # private use: around a name while the letter of all is drawn
MARK = re.compile(f"{OPEN}([a-z_]+){CLOSE}")


def misspelt(text: str, known: Collection[str]) -> list[str]:
    """A sentence for each word in braces that is not on the list, with the one that was meant where it can be told."""
    return [about(word, known) for word in dict.fromkeys(WORD.findall(text)) if word not in known]


def about(word: str, known: Collection[str]) -> str:
    meant = get_close_matches(word.lower(), known, n=1)
    if meant:
        return _("There is no %(word)s. Did you mean %(meant)s?", word=f"{{{word}}}", meant=f"{{{meant[0]}}}")
    return _("There is no %(word)s. Choose one from the list below the text.", word=f"{{{word}}}")


def marked(text: str, known: Collection[str], *, links: Collection[str] = (), base_url: str = "") -> str:
    """The text with a mark for each placeholder, a link as an address of ours, to be drawn once for everybody."""
    text = text.replace(OPEN, "").replace(CLOSE, "")

    def mark(found: re.Match[str]) -> str:
        word = found.group(1)
        if word not in known:
            return found.group()
        return f"{base_url}/{OPEN}{word}{CLOSE}" if word in links else f"{OPEN}{word}{CLOSE}"

    return WORD.sub(mark, text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The drawn text with these values in the place of the marks. A value is never looked into again."""
    return MARK.sub(lambda found: values.get(found.group(1), ""), text)
