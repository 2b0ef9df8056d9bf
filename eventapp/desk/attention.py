"""What needs an organizer's attention now: when, what, why, and one thing to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from babel.dates import format_skeleton
from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, INVITED, Session, SpeakingRole
from eventapp.db import db
from eventapp.mail.models import FAILED, Letter
from eventapp.meetings.models import Meeting
from eventapp.outcomes.models import SUBMITTED, Note
from eventapp.outcomes.standing import QUIET_FOR, Standing
from eventapp.registration.models import APPROVED, LETTER, PENDING, Amendment, Registration, Upload
from eventapp.words import _, language, ngettext

MOST_LINES = 7
TONES = ("stop", "wait", "off")
SOON = timedelta(days=1)
NAMED = 5  # sessions named in one line


@dataclass(frozen=True)
class Line:
    """One line of the list. `endpoint` is the page where it is put right; `at` sorts it."""

    tone: str
    when: str
    at: datetime
    what: str
    why: str
    verb: str
    endpoint: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What all questions are asked about."""

    meeting: Meeting
    at: datetime
    standings: Sequence[Standing]

    def clock(self, moment: datetime) -> str:
        """A moment as a line shows it: the hour where it is today, else the day."""
        local, today = moment.astimezone(self.meeting.tz), self.at.astimezone(self.meeting.tz).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        return str(format_skeleton("MMMd", local, locale=language()))


Question = Callable[[Look], Iterator[Line]]


def attention(look: Look) -> list[Line]:
    """Everything that needs attention, the most urgent first: what is wrong, then what waits, each by the clock."""
    lines = [line for question in QUESTIONS for line in question(look)]
    return sorted(lines, key=lambda line: (TONES.index(line.tone), line.at))


def unwritten(look: Look) -> Iterator[Line]:
    """Sessions that run or have ended without a note."""
    for one in look.standings:
        session, names = one.session, ", ".join(role.name for role in one.rapporteurs)
        if one.notes or not one.rapporteurs or look.at < session.starts_at + QUIET_FOR:
            continue
        running = look.at < session.ends_at
        minutes = int((look.at - session.starts_at).total_seconds() // 60)
        what = (
            ngettext(
                "%(code)s has no notes after %(num)d minute",
                "%(code)s has no notes after %(num)d minutes",
                minutes,
                code=session.code,
            )
            if running
            else _("%(code)s is over and has no notes", code=session.code)
        )
        yield Line(
            tone="stop",
            when=_("Now") if running else look.clock(session.ends_at),
            at=session.starts_at,
            what=what,
            why=_("%(names)s writes its record and has not begun.", names=names),
            verb=_("Call or replace"),
            endpoint="relay.index",
            values={"open": session.code, "_anchor": session.code},
        )


def without_rapporteur(look: Look) -> Iterator[Line]:
    """Sessions to come, or running, that nobody writes down."""
    bare = [one.session for one in look.standings if not one.rapporteurs and one.session.ends_at > look.at]
    for session in bare[:2]:
        yield Line(
            tone="stop" if session.starts_at < look.at + SOON else "wait",
            when=_("Now") if session.starts_at <= look.at else look.clock(session.starts_at),
            at=session.starts_at,
            what=_("%(code)s has no rapporteur", code=session.code),
            why=_("Nobody writes its record, so the report will say nothing of it."),
            verb=_("Assign"),
            endpoint="relay.index",
            values={"open": session.code, "_anchor": session.code},
        )
    if len(bare) > 2:  # noqa: PLR2004 -- two are named by themselves
        yield Line(
            tone="wait",
            when=look.clock(bare[2].starts_at),
            at=bare[2].starts_at,
            what=ngettext(
                "%(num)d more session has no rapporteur", "%(num)d more sessions have no rapporteur", len(bare) - 2
            ),
            why=named(bare[2:]),
            verb=_("Open the agenda"),
            endpoint="agenda_manage.index",
        )


def undecided(look: Look) -> Iterator[Line]:
    """Requests that wait for an organizer."""
    pending = select(Registration).where(Registration.meeting_id == look.meeting.id, Registration.state == PENDING)
    count = db.session.scalar(select(func.count()).select_from(pending.subquery())) or 0
    if not count:
        return
    has_letter = exists().where(Upload.registration_id == Registration.id, Upload.kind == LETTER)
    letters = db.session.scalar(select(func.count()).select_from(pending.where(has_letter).subquery())) or 0
    yield Line(
        tone="wait",
        when=_("Now"),
        at=look.at,
        what=ngettext(
            "%(num)d request to register waits for a decision",
            "%(num)d requests to register wait for a decision",
            count,
        ),
        why=letters_on_file(letters),
        verb=_("Check %(count)d", count=count),
        endpoint="registration_manage.index",
        values={"state": PENDING},
    )


def letters_on_file(count: int) -> str:
    if not count:
        return _("None of them has a letter on file.")
    return ngettext(
        "%(num)d of them has a letter on file to read.", "%(num)d of them have a letter on file to read.", count
    )


def amended(look: Look) -> Iterator[Line]:
    """Changes to approved registrations that wait for an organizer."""
    query = (
        select(func.count(func.distinct(Amendment.registration_id)))
        .join(Registration, Amendment.registration_id == Registration.id)
        .where(
            Registration.meeting_id == look.meeting.id,
            Registration.state == APPROVED,
            Amendment.decided_at.is_(None),
        )
    )
    count = db.session.scalar(query) or 0
    if count:
        yield Line(
            tone="wait",
            when=_("Now"),
            at=look.at,
            what=ngettext(
                "%(num)d person changed an approved registration",
                "%(num)d people changed an approved registration",
                count,
            ),
            why=_("Their old details hold until you accept the new ones."),
            verb=_("See the changes"),
            endpoint="registration_manage.index",
            values={"changed": "1"},
        )


def uncleared(look: Look) -> Iterator[Line]:
    """Notes that were handed in and nobody has confirmed or approved."""
    query = (
        select(Session.code, func.count(Note.id), func.min(Note.state_at))
        .join(Note, Note.session_id == Session.id)
        .where(Session.meeting_id == look.meeting.id, Note.state == SUBMITTED, Note.deleted_at.is_(None))
        .group_by(Session.code)
        .order_by(func.min(Note.state_at))
    )
    for code, count, since in db.session.execute(query):
        yield Line(
            tone="wait",
            when=look.clock(since),
            at=since,
            what=_("%(code)s waits to be cleared", code=code),
            why=ngettext(
                "%(num)d note was handed in. A report cannot use it until it is confirmed or approved.",
                "%(num)d notes were handed in. A report cannot use them until they are confirmed or approved.",
                count,
            ),
            verb=_("Read and clear"),
            endpoint="outcomes.new",
            values={"code": code},
        )


def unanswered(look: Look) -> Iterator[Line]:
    """People who were asked to take a part and have not answered."""
    roles = parts_to_come(look, INVITED)
    if roles:
        first = roles[0].session
        yield Line(
            tone="wait" if first.starts_at < look.at + SOON else "off",
            when=look.clock(first.starts_at),
            at=first.starts_at,
            what=ngettext(
                "%(num)d person has not said whether they will speak",
                "%(num)d people have not said whether they will speak",
                len(roles),
            ),
            why=named_in(roles),
            verb=_("Open the agenda"),
            endpoint="agenda_manage.index",
        )


def declined(look: Look) -> Iterator[Line]:
    """Parts of sessions to come that nobody has: who was asked for them said no."""
    roles = parts_to_come(look, DECLINED)
    for role in roles[:1]:
        yield Line(
            tone="wait",
            when=look.clock(role.session.starts_at),
            at=role.session.starts_at,
            what=ngettext("%(num)d person declined a part", "%(num)d people declined a part", len(roles)),
            why=_("%(names)s. Take the part back, then ask somebody else.", names=named_in(roles)),
            verb=_("Open the session"),
            endpoint="agenda_manage.edit",
            values={"code": role.session.code, "_anchor": "people"},
        )


def parts_to_come(look: Look, state: str) -> list[SpeakingRole]:
    """The parts of sessions to come that were answered in this way, the next first."""
    query = select(SpeakingRole).join(Session, SpeakingRole.session_id == Session.id).order_by(Session.starts_at)
    query = query.options(joinedload(SpeakingRole.session)).where(
        Session.meeting_id == look.meeting.id,
        Session.cancelled_at.is_(None),
        Session.starts_at > look.at,
        SpeakingRole.state == state,
        SpeakingRole.ended_at.is_(None),
    )
    return list(db.session.scalars(query))


def named_in(roles: Sequence[SpeakingRole]) -> str:
    names = [f"{role.name} ({role.session.code})" for role in roles[:NAMED]]
    return ", ".join(names) + (" …" if len(roles) > NAMED else "")


def unsent(look: Look) -> Iterator[Line]:
    """Emails that could not be sent."""
    query = (
        select(Letter.last_error, func.count(), func.max(Letter.posted_at))
        .where(Letter.meeting_id == look.meeting.id, Letter.state == FAILED)
        .group_by(Letter.last_error)
        .order_by(func.count().desc())
    )
    rows = list(db.session.execute(query))
    if rows:
        unsaid = _("no reason was given")
        yield Line(
            tone="off",
            when=look.clock(max(row[2] for row in rows)),
            at=max(row[2] for row in rows),
            what=ngettext("%(num)d email did not leave", "%(num)d emails did not leave", sum(row[1] for row in rows)),
            why=", ".join(f"{row[0] or unsaid} ({row[1]})" for row in rows[:3]),
            verb=_("See emails"),
            endpoint="desk.letters",
            values={"state": FAILED},
        )


def named(sessions: Sequence[Session]) -> str:
    codes = [session.code for session in sessions]
    return ", ".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")


QUESTIONS: tuple[Question, ...] = (
    unwritten, without_rapporteur, undecided, amended, uncleared, unanswered, declined, unsent,
)  # fmt: skip
