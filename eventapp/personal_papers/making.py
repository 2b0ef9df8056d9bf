"""Many papers as one file, as the worker issues them; few are issued while who asks waits."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.jobs.leased import watched
from eventapp.ground.text.i18n import ngettext
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.people.models import Person
from eventapp.personal_papers.actions import Ready, issue_ready, made_ready, prepare, sealed_on
from eventapp.personal_papers.issued import Printing, pdf_of
from eventapp.personal_papers.kinds import INVITATION, KINDS
from eventapp.personal_papers.queries import Chosen, counted, template_of
from eventapp.personal_papers.sealed import with_answers

PAPERS = "papers"
AT_ONCE = 100  # papers set in the request: in half a second, and in less than a second on a slow machine
STEPS = 3


def is_many(papers: int) -> bool:
    """Whether the worker makes so many papers. The one place where this is said."""
    return papers > AT_ONCE


def make(meeting: Meeting, lease: Lease, tell: Tell, *, clock: Callable[[], datetime]) -> Made:
    """The papers as one file. They are issued in the moment in which it is there, and not before: where it is stopped
    or fails none is. What is to be said of it is how many are new, and for whom there is none.

    Refused where nobody is chosen any more, or more than one file holds.
    """
    wanted = lease.details
    kind, tongue, chosen = wanted["kind"], wanted["tongue"], Chosen(**wanted["chosen"])
    tell(0, STEPS)
    contents = prepare(meeting, kind, tongue, chosen, at=clock())
    ready, template = made_ready(meeting, kind, tongue, contents), template_of(meeting, kind, tongue)
    tell(1, STEPS)
    codes, whose = sealed_on(ready.papers)
    papers, printing = with_answers(list(ready.papers.values()), tongue), Printing(**wanted["printing"])
    pdf = watched(lambda: pdf_of(papers, kind, tongue, template, printing), lambda: tell(1, STEPS))
    tell(STEPS, STEPS)

    def finish(at: datetime) -> None:
        here, by = db.session.get_one(Meeting, lease.meeting_id), lease.by_id and db.session.get(Person, lease.by_id)
        issue_ready(here, kind, tongue, ready, by=by or None, at=at)

    taken = {"detail": {"kind": kind, "language": tongue, "papers": len(papers)}, "codes": codes, "whose": whose}
    remark = "\n".join(said_of(ready, kind, absent(meeting, kind, chosen)))
    return Made(pdf, remark, taken=taken, finish=finish, opens_sealed=bool(whose))


def said_of(ready: Ready, kind: str, absent: int) -> list[str]:
    """What the page of a file says of the papers in it: sentences."""
    many, new = len(ready.papers), len(ready.rows)
    says = [ngettext("%(num)s paper is in the file.", "%(num)s papers are in the file.", many)]
    if KINDS[kind].sign and new:
        says.append(ngettext("%(num)s of them is new.", "%(num)s of them are new.", new))
    if KINDS[kind].sign and many > new:
        says.append(
            ngettext(
                "%(num)s says what it said before, and keeps its number and day.",
                "%(num)s say what they said before, and keep their number and day.",
                many - new,
            )
        )
    if absent:
        says.append(
            ngettext(
                "%(num)s person who has a place was not let in at a door, and gets no certificate.",
                "%(num)s people who have a place were not let in at a door, and get no certificate.",
                absent,
            )
        )
    return says


def absent(meeting: Meeting, kind: str, chosen: Chosen) -> int:
    """How many who are chosen get no paper of this kind, since no door let them in."""
    if not KINDS[kind].needs_presence:
        return 0
    return counted(meeting, INVITATION, chosen) - counted(meeting, kind, chosen)


def wanted_of(kind: str, tongue: str, chosen: Chosen, printing: Printing) -> Record:
    """What is asked of the worker."""
    return {"kind": kind, "tongue": tongue, "chosen": asdict(chosen), "printing": asdict(printing)}
