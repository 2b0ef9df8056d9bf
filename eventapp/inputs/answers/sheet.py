"""The inputs of a meeting as a table, with what was answered to the meeting's own questions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from eventapp.ground.text.i18n import _
from eventapp.inputs.content import Contribution
from eventapp.inputs.models import Input
from eventapp.questions.conditions import name_of
from eventapp.questions.models import Question
from eventapp.vocabulary.countries import country


def heads(questions: Iterable[Question]) -> list[str]:
    """The words above the columns, the questions last."""
    own = (_("Input"), _("Written by"), _("Organization"), _("Country"), _("Action lines"), _("Sent"), _("State"))
    return [*own, *(name_of(one) for one in questions)]


def line_of(
    written: Input, contribution: Contribution, state: str, questions: Sequence[Question], answers: Mapping[str, str]
) -> list[str]:
    """One input: what it is of, where it stands, and its answers by the code of their question."""
    found = country(contribution.country)
    own = [
        written.reference,
        written.name,
        contribution.organization,
        found.label if found else "",
        ", ".join(contribution.lines),
        in_utc(written.sent_at),
        state,
    ]
    return own + [answers.get(one.code, "") for one in questions]


def in_utc(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else ""
