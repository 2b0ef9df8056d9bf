"""Undoing an import, row by row, the last first: what somebody has done since is left, with the reason."""

from datetime import datetime

from eventapp.ground.text.i18n import _
from eventapp.links.actions import end
from eventapp.people.models import Person
from eventapp.registration.answers.actions import answer
from eventapp.registration.application import facts_of
from eventapp.registration.changes.actions import apply
from eventapp.registration.changes.versions import stages_to_correct
from eventapp.registration.entry import OWN
from eventapp.registration.imports.models import ADDED, LEFT, TAKEN_BACK, Import, ImportRow
from eventapp.registration.imports.queries import in_use
from eventapp.registration.models import WITHDRAWN, Registration
from eventapp.registration.places.actions import change_state, hold
from eventapp.registration.queries import open_amendment


def take_back(one: Import, row: ImportRow, *, by: Person | None, at: datetime) -> None:
    """Withdraw whom the row added, without a letter, or put back what it changed; else say in the row why not."""
    registration = row.registration
    if registration is None:
        return
    hold(registration)
    reason = reason_against(one, row, registration)
    if reason:
        row.outcome, row.faults = LEFT, [["", reason, registration.record_name]]
        return
    if row.outcome == ADDED:
        change_state(registration, WITHDRAWN, "was taken back with a file", by=by, at=at)
        end(OWN, registration, at=at)
    else:
        put_back(row, registration, by=by, at=at)
    row.outcome, row.version, row.before = TAKEN_BACK, registration.version, {}


def put_back(row: ImportRow, registration: Registration, *, by: Person | None, at: datetime) -> None:
    now = facts_of(registration)
    changes = {name: [now[name], value] for name, value in row.before.items() if name in now and now[name] != value}
    apply(registration, changes, by=by, at=at)
    if "answers" in row.before:
        answer(registration, row.before["answers"], stages_to_correct(registration), by=by, at=at)


def reason_against(one: Import, row: ImportRow, registration: Registration) -> str:
    """Why this row cannot be taken back any more, "" where it can."""
    if registration.version != row.version:
        return _("Was changed or decided about since.")
    used = in_use(registration, one.ended_at or one.at) if row.outcome == ADDED else set()
    if "scan" in used:
        return _("Came in.")
    if "badge" in used:
        return _("Has a badge.")
    if "upload" in used:
        return _("Sent a photograph or a letter.")
    if used & {"answer"} or open_amendment(registration):
        return _("Answered or asked for a change since.")
    return _("Has notes, tags, messages, papers or a part in the meeting by now.") if used else ""
