"""Sessions whose record is late: without a rapporteur, without notes, or not cleared."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from eventapp.agenda.models import Session
from eventapp.desk.attention.lines import NAMED, SOON, Line, Look
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.record.notes.models import SUBMITTED, Note, Revision
from eventapp.record.progress import QUIET_FOR
from eventapp.record.sessions.queries import Hours


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
            endpoint="rapporteurs.index",
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
            endpoint="rapporteurs.index",
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


def uncleared(look: Look) -> Iterator[Line]:
    """Notes that were handed in and nobody has confirmed or approved."""
    query = (
        select(Session.id, Session.code, func.count(Note.id), func.min(Note.state_at))
        .join(Note, Note.session_id == Session.id)
        .join(Note.current)
        .where(Session.meeting_id == look.meeting.id, Note.state == SUBMITTED, Note.deleted_at.is_(None))
        .where(Revision.off_record.is_(False))  # such a note is never cleared
        .group_by(Session.id, Session.code)
        .order_by(func.min(Note.state_at))
    )
    for number, code, count, since in db.session.execute(query):
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
            endpoint="record_manage.index",
            values={"_anchor": f"s-{number}"},
        )


def named(sessions: Sequence[Hours]) -> str:
    codes = [session.code for session in sessions]
    return ", ".join(codes[:NAMED]) + (" …" if len(codes) > NAMED else "")
