"""The texts of the form that people agree to or refuse, as they are shipped."""

from collections.abc import Mapping
from types import MappingProxyType

from flask_babel import force_locale

from eventapp.ground.text.i18n import LazyString, _l

LONGEST = 1000
OFFICIAL_LIST = "official_list"
SHIPPED: Mapping[str, LazyString] = MappingProxyType(
    {
        OFFICIAL_LIST: _l(
            "Your name, title, organization and country appear in the official list of participants, "
            "which the meeting gets."
        ),
        "lists_name": _l("Show my name in the public list of participants"),
        "shares_email": _l("Show my email to other participants"),
        "no_photographs": _l("Take no photographs of me"),
    }
)
LABELS: Mapping[str, LazyString] = MappingProxyType(
    {
        OFFICIAL_LIST: _l("What happens with the data"),
        "lists_name": _l("Public list"),
        "shares_email": _l("Shows email"),
        "no_photographs": _l("Photographs"),
    }
)


def shipped_in(language: str) -> dict[str, str]:
    """Every text as it is shipped in this language."""
    with force_locale(language):
        return {name: str(words) for name, words in SHIPPED.items()}


def own_among(texts: Mapping[str, str], language: str) -> dict[str, str]:
    """Those of these texts that say something else than the shipped ones."""
    shipped = shipped_in(language)
    tidy = {name: " ".join(texts.get(name, "").split()) for name in SHIPPED}
    return {name: text for name, text in tidy.items() if text and text != shipped[name]}
