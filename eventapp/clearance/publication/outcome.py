"""What publishing did, in sentences for whoever asked for it."""

from collections.abc import Sequence

from eventapp.balance.counting.stages import STAGES
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting


def outcome_of(version: int, held_back: Sequence[str], meeting: Meeting) -> list[tuple[str, str]]:
    """Return the sentences, each with its tone."""
    outcome = [(_("Version %(number)s is published.", number=version), "ok")]
    if not meeting.is_published:
        outcome.append((_("The meeting is not public, so only those who work at it can open the report."), "wait"))
    if held_back:
        sentence = _(
            "The public balance leaves out from now on: %(stages)s. "
            "Beside the list of participants in this version the numbers would tell of fewer than five people.",
            stages=", ".join(str(STAGES[stage]) for stage in held_back),
        )
        outcome.append((sentence, "wait"))
    return outcome
