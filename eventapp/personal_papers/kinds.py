"""The kinds of paper that a meeting writes for one person, and the words in braces that may stand in them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from eventapp.ground.text.i18n import LazyString, _l

INVITATION, CERTIFICATE, NAMEPLATE, TENT, ENVELOPE = "invitation", "certificate", "nameplate", "tent", "envelope"
ANSWER = "answer:"  # before the code of a question whose answers are sealed
BRACES = re.compile(r"\{([a-z_]+|answer:[A-Za-z0-9._-]+)\}")


@dataclass(frozen=True)
class Kind:
    """One kind: what it is called, the text it has until a meeting writes its own, and what it needs."""

    code: str
    label: LazyString
    text: LazyString | str
    sign: str = ""  # of its number; '' for what has none, no date, nobody who signs and nothing to check
    needs_presence: bool = False


KINDS = {
    one.code: one
    for one in (
        Kind(
            INVITATION,
            _l("Visa or invitation letter"),
            _l(
                "## To whom it may concern\n\n{name}, {job_title}, {delegation}, is invited to {meeting}, {dates},"
                " {venue}, {city}, and is registered under number {registration}.\n\nWe should be grateful if a visa"
                " were issued in good time."
            ),
            "LTR",
        ),
        Kind(
            CERTIFICATE,
            _l("Certificate of attendance"),
            _l("# Certificate of attendance\n\n**{name}**\n\n{delegation}\n\nattended {meeting}, {dates}, {city}."),
            "CRT",
            needs_presence=True,
        ),
        Kind(NAMEPLATE, _l("Nameplate"), "# {delegation}"),
        Kind(TENT, _l("Tent card"), "# {name}\n\n{delegation}"),
        Kind(ENVELOPE, _l("Envelope"), "**{name}**\n\n{job_title}\n\n{organization}\n\n{delegation}"),
    )
}
WORDS = {
    "name": _l("name as printed in the list"),
    "given_name": _l("given name"),
    "family_name": _l("family name"),
    "job_title": _l("functional title"),
    "organization": _l("ministry or unit"),
    "delegation": _l("State or organization"),
    "role": _l("role in the delegation"),
    "category": _l("category"),
    "registration": _l("registration number"),
    "meeting": _l("title of the meeting"),
    "dates": _l("dates of the meeting"),
    "venue": _l("venue"),
    "city": _l("city"),
    "date": _l("day of issue"),
}


def unknown_in(text: str, answers: Collection[str] = ()) -> list[str]:
    """The words in braces of this text that nothing has a value for; what else stands in braces is text.

    `answers` are those that stand for sealed answers.
    """
    return list(dict.fromkeys(word for word in BRACES.findall(text) if word not in WORDS and word not in answers))


def fits(kind: str, tongue: str, tongues: Collection[str]) -> bool:
    """Whether there is such a kind, and the meeting has this language."""
    return kind in KINDS and tongue in tongues
