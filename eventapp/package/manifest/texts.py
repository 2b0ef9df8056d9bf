"""Whether texts in other languages are what a package says: language → member → text, or a list of them."""

from eventapp.ground.text.policy import writable

LONGEST_TAG, LONGEST_TEXT = 12, 20_000
LISTS = {"mandate", "purpose", "objectives", "content_blocks", "outcomes_go_to"}  # of a meeting


def are_texts(texts: object) -> bool:
    """Whether a row or a release can keep these."""
    return isinstance(texts, dict) and all(
        isinstance(words, dict) and 0 < len(tongue) <= LONGEST_TAG and all(is_text(*one) for one in words.items())
        for tongue, words in texts.items()
    )


def is_text(name: str, text: object) -> bool:
    parts = text if name in LISTS and isinstance(text, list) else [text]
    return (isinstance(text, list) or name not in LISTS) and all(
        isinstance(part, str) and writable(part) == part and len(part) <= LONGEST_TEXT for part in parts
    )
