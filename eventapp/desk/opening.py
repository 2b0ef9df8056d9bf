"""What is still missing before a meeting is published: each step with the page where it is done."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import exists, select

from eventapp.agenda.models import Release, Session
from eventapp.desk.texts.queries import lacking
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _
from eventapp.meetings.consents.queries import consents_of
from eventapp.meetings.models import RAPPORTEUR, STEWARD, Meeting
from eventapp.questions.kinds import AGREEMENT
from eventapp.questions.models import Question


@dataclass(frozen=True)
class Step:
    """One step; without one that blocks, the meeting cannot be published."""

    words: str
    why: str
    endpoint: str
    is_done: bool
    blocks: bool = False
    values: dict[str, str] = field(default_factory=dict)


def steps_to(meeting: Meeting, at: datetime) -> tuple[Step, ...]:
    """Return every step to the publication of a meeting, done or not, in the order in which people take them."""
    roles = {staff.role for staff in meeting.staff if staff.ended_at is None}
    has_sessions = _is_there(exists().where(Session.meeting_id == meeting.id, Session.cancelled_at.is_(None)))
    has_release = _is_there(exists().where(Release.meeting_id == meeting.id))
    is_open = at < meeting.registration_closes_at
    missing = lacking(meeting)
    in_others = Step(_("Write the texts in the other languages"), ", ".join(missing) + ".", "texts.index", not missing)
    return (
        Step(
            _("Say what the meeting is for"), _("Mandate, purpose and objectives stand on its first page."),
            "settings.edit_meeting", bool(meeting.mandate or meeting.purpose or meeting.objectives),
        ),
        Step(
            _("Set when registration opens and closes"),
            _("It opens with the publication unless you say a later time.") if is_open
            else _("It has closed already: write a later time."),
            "settings.edit_meeting", is_open, values={"_anchor": "registration_opens_at"},
        ),
        Step(
            _("Say who may register"), _("Without a category nobody could register."), "categories.index",
            bool(meeting.categories), blocks=True,
        ),
        *_steps_to_consent(meeting),
        Step(_("Add the rooms"), _("Sessions are planned in them."), "settings.listed", bool(meeting.rooms),
             values={"part": "rooms"}),
        Step(_("Plan the sessions"), _("People choose a meeting by its agenda."), "agenda_manage.index", has_sessions),
        Step(_("Publish the agenda"), _("Until then readers see no session."), "agenda_releases.index", has_release),
        Step(
            _("Name rapporteurs and door stewards"), _("They write the record and check badges."), "settings.listed",
            {RAPPORTEUR, STEWARD} <= roles, values={"part": "staff"},
        ),
        *((in_others,) if meeting.other_languages else ()),
    )  # fmt: skip


def _steps_to_consent(meeting: Meeting) -> tuple[Step, ...]:
    """Whom people write to, and what they agree to."""
    agreements = exists().where(
        Question.meeting_id == meeting.id, Question.kind == AGREEMENT, Question.ended_at.is_(None)
    )
    return (
        Step(
            _("Say where questions go"),
            _("Every letter and the form name this address."),
            "settings.edit_meeting",
            bool(meeting.contact_email),
            values={"_anchor": "contact_email"},
        ),
        Step(
            _("Write what people agree to"),
            _(
                "The form asks whether names, addresses and photographs may be shown, in words that you may change. "
                "Any other text is a question."
            ),
            "consents.index",
            any(one.texts for one in consents_of(meeting.id)) or _is_there(agreements),
        ),
    )


def _is_there(question: object) -> bool:
    return bool(db.session.scalar(select(question)))  # type: ignore[call-overload]
