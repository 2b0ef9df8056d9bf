"""Who came to a stage, as SQL asks it of a registration."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, Select, func, or_, select, true

from eventapp.agenda.models import CONFIRMED, Session, SpeakingRole
from eventapp.balance.models import Nominee
from eventapp.checkin.models import WELCOME, Gate, Scan
from eventapp.floor.queries import had_the_floor
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.record.notes.models import Revision
from eventapp.registration.models import APPROVED, LAPSED, LETTER, UNCONFIRMED, Registration, Upload
from eventapp.review.reports.models import Chapter, Evidence, Paragraph, Report

SILENT = ("rapporteur", "interpreter", "coordinator")


def reaching(meeting: Meeting, pairs: CTE | None, *, at: datetime) -> Mapping[str, ColumnElement[bool]]:
    """Whether a registration of this meeting came to each stage, in the order of the stages.

    `pairs` are the nominees who registered; None where nobody is listed: then whoever asked to come was nominated.
    """
    person, number = Registration.person_id, Registration.id
    nominated: ColumnElement[bool] = true()
    if pairs is not None:
        nominated = or_(number.in_(select(pairs.c.registration)), number.in_(_with_letter(meeting)))
    return {
        "nominated": nominated,
        "registered": Registration.state.not_in((UNCONFIRMED, LAPSED)),
        "approved": Registration.state == APPROVED,
        "present": number.in_(_let_in(meeting)),
        "spoke": or_(person.in_(_on_stage(meeting, at)), person.in_(had_the_floor(meeting))),
        "cited": person.in_(_cited(meeting)),
    }


def has_nominees(meeting: Meeting) -> bool:
    """Whether this meeting has a list of nominees."""
    return db.session.scalar(select(Nominee.id).where(Nominee.meeting_id == meeting.id).limit(1)) is not None


def count_present(meeting: Meeting) -> int:
    """How many were let in at a gate of the meeting, whoever accompanies somebody among them."""
    return db.session.scalar(select(func.count()).select_from(_let_in(meeting).distinct().subquery())) or 0


def _with_letter(meeting: Meeting) -> Select[int]:
    """The registrations that a letter of nomination goes with."""
    query = select(Upload.registration_id).join(Upload.registration)
    return query.where(Registration.meeting_id == meeting.id, Upload.kind == LETTER, Upload.replaced_at.is_(None))


def _let_in(meeting: Meeting) -> Select[int | None]:
    """The registrations whose badge was let in at a gate of the meeting."""
    return (
        select(Scan.registration_id)
        .join(Gate, Scan.gate_id == Gate.id)
        .where(
            Gate.meeting_id == meeting.id,
            Scan.verdict == WELCOME,
            Scan.undone_at.is_(None),
            Scan.registration_id.is_not(None),
        )
    )


def _on_stage(meeting: Meeting, at: datetime) -> Select[int | None]:
    """Who had a part, other than writing or interpreting, in a session that has begun; others are on a floor list."""
    return (
        select(SpeakingRole.person_id)
        .join(Session, SpeakingRole.session_id == Session.id)
        .where(
            Session.meeting_id == meeting.id,
            Session.cancelled_at.is_(None),
            Session.starts_at <= at,
            SpeakingRole.person_id.is_not(None),
            SpeakingRole.ended_at.is_(None),
            SpeakingRole.state == CONFIRMED,
            SpeakingRole.role.not_in(SILENT),
        )
    )


def _cited(meeting: Meeting) -> Select[int | None]:
    """Whose words a paragraph of a report rests on."""
    is_cited = (
        select(Evidence.id)
        .join(Revision, Evidence.revision_id == Revision.id)
        .join(Paragraph, Evidence.paragraph_id == Paragraph.id)
        .join(Chapter, Paragraph.chapter_id == Chapter.id)
        .join(Report, Chapter.report_id == Report.id)
        .where(Revision.role_id == SpeakingRole.id, Paragraph.removed_at.is_(None), Report.meeting_id == meeting.id)
        .exists()
    )
    query = select(SpeakingRole.person_id).join(Session, SpeakingRole.session_id == Session.id).distinct()
    return query.where(Session.meeting_id == meeting.id, SpeakingRole.person_id.is_not(None), is_cited)
