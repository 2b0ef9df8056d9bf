import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from sqlalchemy import insert, update

from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import code
from eventapp.ground.text.dates import day
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.personal_papers.content import Value, about, filled, shipped_text, spoken_in, values_of
from eventapp.personal_papers.issued import Issued, issued_before, numbered
from eventapp.personal_papers.kinds import BRACES, KINDS
from eventapp.personal_papers.models import PaperTemplate, PersonalPaper
from eventapp.personal_papers.queries import (
    MOST,
    Chosen,
    counted,
    in_force,
    next_number,
    people,
    references_of,
    template_of,
)
from eventapp.personal_papers.sealed import held_in, questions_in, with_answers
from eventapp.registration.answers.looks import take_along
from eventapp.registration.models import Registration

CODE_LENGTH = 20


def write_template(
    meeting: Meeting, kind: str, tongue: str, text: str, signatory: str, *, by: Person | None, at: datetime
) -> None:
    """Give this kind of paper a text of the meeting's own in this language. Papers that are issued stay as they are."""
    row = own_row(meeting, kind, tongue)
    if (row.text, row.signatory) != (text, signatory):
        row.text, row.signatory = text, signatory
        record("wrote a template of papers", row, by=by, at=at, kind=kind, language=tongue)


def put_letterhead(
    meeting: Meeting, kind: str, tongue: str, picture: bytes, *, by: Person | None, at: datetime
) -> None:
    """Print this JPEG above such papers; b"" for none."""
    row = own_row(meeting, kind, tongue)
    row.letterhead = picture
    record("changed the letterhead of papers", row, by=by, at=at, kind=kind, language=tongue, bytes=len(picture))


def own_row(meeting: Meeting, kind: str, tongue: str) -> PaperTemplate:
    lock(meeting)
    row = template_of(meeting, kind, tongue)
    if row is None:
        text = shipped_text(kind, tongue)
        row = PaperTemplate(meeting_id=meeting.id, kind=kind, tongue=tongue, text=text, signatory="", letterhead=b"")
        db.session.add(row)
    return row


def prepare(meeting: Meeting, kind: str, tongue: str, chosen: Chosen, *, at: datetime) -> dict[int, Record]:
    """What the papers of everybody chosen say, by the id of the registration; it is worked out while nothing is held.

    Refused where nobody is chosen, or more people than one file holds.
    """
    number = counted(meeting, kind, chosen)
    if number > MOST:
        raise Refused(_("%(number)s people are chosen. Choose at most %(most)s.", number=number, most=MOST))
    if not number and KINDS[kind].needs_presence:
        raise Refused(_("Nobody who is chosen was let in at a door, and only those who were get a certificate."))
    if not number:
        raise Refused(_("Nobody is chosen."))
    return contents_of(people(meeting, kind, chosen), kind, tongue, template_of(meeting, kind, tongue), at=at)


def issue(
    meeting: Meeting, kind: str, tongue: str, contents: Mapping[int, Record], *, by: Person | None, at: datetime
) -> list[Issued]:
    """Issue this kind of paper with these contents, as `prepare` made them.

    Returns what each says, open, with its number and code where the kind has them. Whoever has one that says the same
    keeps it, with its number and day; another takes the place of one that says something else.
    """
    lock(meeting)
    ready = made_ready(meeting, kind, tongue, contents)
    issue_ready(meeting, kind, tongue, ready, by=by, at=at)
    return opened(meeting, ready.papers, tongue, by=by, at=at)


@dataclass(frozen=True)
class Ready:
    """Papers as they are to be issued: what each says, by the id of its registration, and what is to be written."""

    papers: Mapping[int, Issued]
    rows: Sequence[Record]  # of those that are new
    replaced: Sequence[int]  # the papers whose place they take


def made_ready(meeting: Meeting, kind: str, tongue: str, contents: Mapping[int, Record]) -> Ready:
    """The papers with these contents, with the next numbers: right as long as nobody else issues papers of the meeting.

    What has no number is issued anew each time, and nothing is written of it but history.
    """
    if not KINDS[kind].sign:
        return Ready({one: Issued(content) for one, content in contents.items()}, (), ())
    before, number = in_force(list(contents), kind, tongue), next_number(meeting)
    rows: list[Record] = []
    for one, content in contents.items():
        if one in before and before[one].content["basis"] == content["basis"]:
            continue
        facts = {"registration_id": one, "number": number + len(rows), "code": code(CODE_LENGTH), "content": content}
        rows.append({"meeting_id": meeting.id, "kind": kind, "tongue": tongue, **facts})
    fresh = {row["registration_id"]: Issued(row["content"], numbered(kind, row["number"]), row["code"]) for row in rows}
    papers = {one: fresh.get(one) or issued_before(before[one]) for one in contents}
    return Ready(papers, rows, [paper.id for one, paper in before.items() if one in fresh])


def issue_ready(meeting: Meeting, kind: str, tongue: str, ready: Ready, *, by: Person | None, at: datetime) -> None:
    """Write that these papers are issued now."""
    lock(meeting)
    if ready.replaced:
        ended = update(PersonalPaper).where(PersonalPaper.id.in_(ready.replaced))
        db.session.execute(ended.values(replaced_at=at))
    if ready.rows:
        facts = {"issued_at": at, "issued_by_id": by.id if by else None}
        db.session.execute(insert(PersonalPaper), [{**row, **facts} for row in ready.rows])
    number = len(ready.rows) if KINDS[kind].sign else len(ready.papers)
    detail = {"kind": kind, "language": tongue, "registrations": references_of(list(ready.papers))}
    verb = "issued papers" if KINDS[kind].sign else "printed papers"
    record(verb, meeting, by=by, at=at, meeting_id=meeting.id, papers=number, **detail)


def opened(
    meeting: Meeting, papers: Mapping[int, Issued], tongue: str, *, by: Person | None, at: datetime
) -> list[Issued]:
    """These papers, by the id of the registration, with the sealed answers on them open: a look at them, once for all.

    What is kept of a paper holds none. Refused where the server has no key for one.
    """
    take_along(meeting, *sealed_on(papers), by=by, at=at)
    return with_answers(list(papers.values()), tongue)


def sealed_on(papers: Mapping[int, Issued]) -> tuple[list[str], list[str]]:
    """The questions whose sealed answers stand on these papers, and the references of whose they are."""
    whose = [number for number, one in papers.items() if questions_in([one])]
    return questions_in(list(papers.values())), references_of(whose) if whose else []


def note_opened(paper: PersonalPaper, *, at: datetime) -> None:
    """Write down that the person has opened their own paper."""
    whose = paper.registration
    record("opened a paper", whose, by=whose.person, at=at, number=numbered(paper.kind, paper.number))


def contents_of(
    found: Sequence[Registration], kind: str, tongue: str, template: PaperTemplate | None, *, at: datetime
) -> dict[int, Record]:
    """What the papers of today say to these people of one meeting, by the id of the registration.

    The `basis` of one is the same while nothing but the day is another.
    """
    text = template.text if template else shipped_text(kind, tongue)
    signatory, words = template.signatory.splitlines() if template else [], BRACES.findall(text)
    contents: dict[int, Record] = {}
    with force_locale(spoken_in(tongue)):
        meeting = found[0].meeting
        issued = day(at.astimezone(meeting.tz))
        shared = {**about(meeting, tongue), "date": issued}
        sealed = held_in(meeting, words, [one.id for one in found])
        for one in found:
            values: dict[str, Value] = {**values_of(one, tongue), **shared, **sealed[one.id]}
            undated = json.dumps([text, [values.get(word) for word in words if word != "date"], signatory])
            basis = hashlib.sha256(undated.encode()).hexdigest()
            facts = {"signatory": signatory, "date": issued, "basis": basis}
            contents[one.id] = {"blocks": filled(text, values), **facts}
    return contents
