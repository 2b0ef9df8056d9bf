"""Two windows that change one registration: what tells the answers that one began with from those on record by now."""

from collections.abc import Sequence

from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.questions.kinds import APPROVED, DESK, REGISTRATION
from eventapp.registration.answers.queries import answered_otherwise, mark_of_answers
from eventapp.registration.application import LABELS, Application, facts_of
from eventapp.registration.models import Registration
from eventapp.registration.queries import open_amendment


def snapshot(registration: Registration) -> Record:
    """Every answer as it is on record, with the change that waits."""
    waits = open_amendment(registration)
    return facts_of(registration) | {name: pair[1] for name, pair in (waits.changes if waits else {}).items()}


def stages_to_correct(registration: Registration) -> tuple[str, ...]:
    """The stages whose answers organizers put right: those after approval once there is a place."""
    return (REGISTRATION, APPROVED, DESK) if registration.holds_a_place else (REGISTRATION, DESK)


def mark_of(registration: Registration, stages: Sequence[str] = (REGISTRATION,)) -> str:
    """What tells these answers, and those to questions of these stages, from any others."""
    return hashed(repr(sorted(snapshot(registration).items())) + mark_of_answers(registration, stages))


def refuse_others(registration: Registration, application: Application, stages: Sequence[str]) -> None:
    """Refused where another window has written other answers; the same ones sent twice are no fault."""
    there, sent = snapshot(registration), application.facts()
    other = [str(LABELS[name]) for name in sent if there[name] != sent[name] and name in LABELS]
    if application.answers is not None:
        other += answered_otherwise(registration, application.answers, stages)
    refuse_differing(other)


def refuse_differing(other: Sequence[str]) -> None:
    """Refused where anything that was sent is other than what another window has written."""
    if other:
        raise Refused(
            _(
                "The answers were changed meanwhile in another window. This page differs from them in: %(what)s. "
                "Send it again to replace them, or load the page anew to see them.",
                what=", ".join(other),
            )
        )
