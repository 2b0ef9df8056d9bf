"""A language by the name that somebody types for it."""

from babel import Locale

from eventapp.ground.text.i18n import language
from eventapp.ground.text.languages import LANGUAGES, language_named
from eventapp.ground.text.policy import search_key
from eventapp.vocabulary.tongues import TONGUES


def language_called(words: str) -> str | None:
    """The code of the language with this name: its own, the reader's, in a language of the product; or the code."""
    wanted = search_key(words)
    for code, own in TONGUES.items():
        if wanted in (code, search_key(own), search_key(language_named(code))):
            return code
    for reader in dict.fromkeys((language(), *LANGUAGES)):
        names = Locale.parse(reader).languages
        found = next((code for code, name in names.items() if wanted in (code, search_key(name))), None)
        if found is not None:
            return str(found).replace("_", "-")
    return None


def offered(taken: list[str]) -> list[tuple[str, str]]:
    """The languages to choose from, as the reader's name of each and its own; any other may be typed."""
    pairs = [(language_named(code), own) for code, own in TONGUES.items() if code not in taken]
    return sorted(pairs, key=lambda pair: search_key(pair[0]))
