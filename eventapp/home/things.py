"""What a line of history is about, as an organizer calls it: the number of a row means nothing to anybody."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from eventapp.agenda.models import Session, SpeakingRole
from eventapp.badges.models import Badge
from eventapp.checkin.models import Gate, Scan
from eventapp.db import db
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.outcomes.models import Confirmation
from eventapp.registration.models import Registration
from eventapp.review.models import Chapter, Paragraph, Report

Named = Callable[[set[int]], Select[Any]]  # numbers of rows → their number, then the words of their name
PERSON = (Registration.number, Registration.record_name)
SESSION = (Session.code, Session.title)

NAMED: dict[str, Named] = {
    "badge": lambda ids: select(Badge.id, *PERSON).join(Badge.registration).where(Badge.id.in_(ids)),
    "confirmation": lambda ids: (
        select(Confirmation.id, *SESSION).join(Confirmation.session).where(Confirmation.id.in_(ids))
    ),
    "gate": lambda ids: select(Gate.id, Gate.name).where(Gate.id.in_(ids)),
    "letter": lambda ids: select(Letter.id, Letter.to_name, Letter.subject).where(Letter.id.in_(ids)),
    "paragraph": lambda ids: (
        select(Paragraph.id, Report.title).join(Paragraph.chapter).join(Chapter.report).where(Paragraph.id.in_(ids))
    ),
    "registration": lambda ids: select(Registration.id, *PERSON).where(Registration.id.in_(ids)),
    "report": lambda ids: select(Report.id, Report.title).where(Report.id.in_(ids)),
    "scan": lambda ids: select(Scan.id, *PERSON).join(Scan.registration).where(Scan.id.in_(ids)),
    "session": lambda ids: select(Session.id, *SESSION).where(Session.id.in_(ids)),
    "speaking_role": lambda ids: (
        select(SpeakingRole.id, *SESSION).join(SpeakingRole.session).where(SpeakingRole.id.in_(ids))
    ),
}


def names_of(entries: list[Entry]) -> dict[tuple[str, int], str]:
    """What each row is called that these lines are about, by its table and number: one question for each table.

    A row that is gone, or has no name of its own, is not among them.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.thing].add(entry.thing_id)
    return {
        (table, row[0]): " ".join(_words(row[1:]))
        for table in ids.keys() & NAMED.keys()
        for row in db.session.execute(NAMED[table](ids[table]))
    }


def _words(parts: Any) -> list[str]:
    return [f"R-{part:04d}" if isinstance(part, int) else part for part in parts if part]
