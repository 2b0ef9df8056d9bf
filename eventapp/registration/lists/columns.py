"""The columns that a list of registrations can have, on the page and in its files."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from eventapp.ground.text.i18n import LazyString, _l
from eventapp.registration.application import LABELS

ANSWERS = (
    "delegation",
    "delegation_role",
    "given_name",
    "family_name",
    "record_name",
    "own_name",
    "organization",
    "job_title",
    "country",
    "phone",
    "languages",
    "lists_name",
    "shares_email",
    "may_be_photographed",
)
NEEDS = ("access_needs", "dietary_needs", "gender")  # only where they are asked for: most lists do without
ALWAYS = ("number", "state", "category", *ANSWERS, "email", "letter", "sent", "approved")
COLUMNS: Mapping[str, LazyString] = MappingProxyType(
    {
        "number": _l("Number"),
        "state": _l("State"),
        "category": LABELS["category"],
        **{name: LABELS[name] for name in ANSWERS},
        "email": _l("Email"),
        "letter": _l("Letter"),
        "sent": _l("Sent (UTC)"),
        "approved": _l("Approved (UTC)"),
        "tags": _l("Tags"),
        **{name: LABELS[name] for name in NEEDS},
    }
)
QUESTION, MOST_QUESTIONS = re.compile(r"q[1-9][0-9]{0,5}"), 50
ON_THE_PAGE = ("delegation", "category", "letter", "sent", "state")  # where nobody chose others


def chosen(words: str | Iterable[str]) -> tuple[str, ...]:
    """The columns that these words name, in the order of all of them; what can be none counts for nothing.

    What looks like the code of a question may be one: only its meeting knows (answer_columns.py).
    """
    named = dict.fromkeys(words.split(",") if isinstance(words, str) else words)
    questions = [name for name in named if QUESTION.fullmatch(name)][:MOST_QUESTIONS]
    return (*(name for name in COLUMNS if name in named), *questions)
