"""An email as an organizer may read it: the links that prove who somebody is are left out."""

import re

SECRET = re.compile(r"(https?://[^\s/]+(?:/[^\s/]+)*?/)([A-Za-z0-9_.~=-]{16,})")
LEFT_OUT = "…"


def masked(text: str) -> str:
    """The text with every long secret at the end of a link replaced by an ellipsis."""
    return SECRET.sub(lambda link: link[1] + (LEFT_OUT if is_secret(link[2]) else link[2]), text)


def is_secret(word: str) -> bool:
    """Whether a part of an address looks like a secret: with figures or capitals in it, and no year."""
    return any(character.isdigit() or character.isupper() for character in word) and "-20" not in word
