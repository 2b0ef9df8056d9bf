from datetime import datetime

from eventapp.commitments.actions import name_focal_point
from eventapp.commitments.register import Commitment
from eventapp.ground.db import lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.networking.bilaterals.models import AGREED, Bilateral
from eventapp.networking.offers.models import GOAL
from eventapp.networking.offers.queries import lines_of
from eventapp.networking.queries import rules_of
from eventapp.record.notes.content import NoteContent
from eventapp.record.notes.models import Note
from eventapp.record.revisions.actions import record_note
from eventapp.registration.models import Registration


def write_outcome(one: Bilateral, registration: Registration, text: str, *, at: datetime) -> None:
    """Write down what came of a meeting; both of the two read it, and either may change it.

    Refused before it has begun, where it was not agreed, and once it is a commitment.
    """
    lock(one)
    if one.state != AGREED or (one.slot is not None and one.slot.starts_at > at):
        raise Refused(_("Write what came of it once you have met."))
    if one.note_id is not None:
        raise Refused(_("This is a commitment already. What becomes of it is told in the register."))
    if one.outcome != text:
        one.outcome = text
        record("wrote what came of a meeting", registration, by=registration.person, at=at, number=one.id)


def promise(one: Bilateral, registration: Registration, *, at: datetime) -> Note:
    """Make what came of it a commitment of who sent this participant: a note of the session that the meeting names,
    with the themes and goals that both share, which waits to be cleared as any other. They are reminded of it.

    Twice is once, whoever of the two presses. Refused where nothing was written, and where no session takes it.
    """
    rules = rules_of(one.meeting)
    if rules is None or rules.session is None or rules.session.cancelled_at is not None:
        raise Refused(_("This meeting takes no commitments from bilateral meetings. Ask its secretariat."))
    lock(rules.session)
    lock(one)
    if one.note is not None:
        return one.note
    if one.state != AGREED or not one.outcome:
        raise Refused(_("Write first what came of it."))
    person, key = registration.person, f"bilateral {one.id}"
    note = record_note(rules.session, content_of(one, registration), by=person, at=at, key=key)
    note.origin, one.note = f"bilateral:{one.id}", note
    named = Commitment(note, None)
    name_focal_point(named, person.name, person.email, by=person, at=at, language=person.language)
    return note


def content_of(one: Bilateral, registration: Registration) -> NoteContent:
    """What the note says: never who else was there."""
    sender = registration.delegation
    mine, theirs = ({code for line in lines_of(who) for code in line.codes} for who in (one.asker, one.asked))
    shared = mine & theirs
    goals = tuple(sorted(int(code[1:]) for code in shared if is_goal(code)))
    return NoteContent(
        kind="commitment",
        text=one.outcome,
        language=registration.person.language,
        organization=sender.name,
        who=sender.name,
        country=sender.country if sender.is_state else "",
        stakeholder_type=registration.category.stakeholder_type,
        action_lines=tuple(sorted(code for code in shared if not is_goal(code))),
        goals=goals,
    )


def is_goal(code: str) -> bool:
    return code.startswith(GOAL) and code[1:].isdigit()
