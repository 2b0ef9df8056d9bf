"""People who wait for an organizer, or whom an organizer waits for."""

from collections.abc import Iterator, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from eventapp.agenda.models import DECLINED, INVITED, Session, SpeakingRole
from eventapp.delegations.look import TO_DECIDE
from eventapp.delegations.names.queries import number_waiting
from eventapp.delegations.queries import tab_counts
from eventapp.desk.attention.lines import NAMED, SOON, Line, Look
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.home.waiting.counts import changes_at, requests_at
from eventapp.organizations.queries import number_of_organizations
from eventapp.registration.models import LETTER, PENDING, Registration, Upload
from eventapp.registration.photographs.queries import TO_CHECK, checks_photographs
from eventapp.registration.photographs.queries import tab_counts as tab_counts_of_photographs


def undecided(look: Look) -> Iterator[Line]:
    """Requests that wait for an organizer."""
    count = requests_at([look.meeting.id]).get(look.meeting.id, 0)
    if not count:
        return
    pending = select(Registration).where(Registration.meeting_id == look.meeting.id, Registration.state == PENDING)
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
    count = changes_at([look.meeting.id]).get(look.meeting.id, 0)
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


def unchecked(look: Look) -> Iterator[Line]:
    """Photographs that nobody has checked, where the meeting asks for it, until the meeting is over."""
    asks = not look.meeting.has_ended(look.at) and checks_photographs(look.meeting)
    count = tab_counts_of_photographs(look.meeting)[TO_CHECK] if asks else 0
    if count:
        yield Line(
            tone="wait",
            when=_("Now"),
            at=look.at,
            what=ngettext("%(num)d photograph waits for a check", "%(num)d photographs wait for a check", count),
            why=_("They are not on a badge and not at the door before."),
            verb=_("Check %(count)d", count=count),
            endpoint="photographs.index",
        )


def unaccredited(look: Look) -> Iterator[Line]:
    """Delegations that something stands against, until the meeting is over."""
    count = 0 if look.meeting.has_ended(look.at) else tab_counts(look.meeting, [TO_DECIDE])[TO_DECIDE]
    if count:
        yield Line(
            tone="wait",
            when=_("Now"),
            at=look.at,
            what=ngettext(
                "%(num)d delegation cannot be accredited as it is",
                "%(num)d delegations cannot be accredited as they are",
                count,
            ),
            why=_("A letter is missing, two people lead it or nobody does, or it has more people than places."),
            verb=_("See the delegations"),
            endpoint="delegations.index",
            values={"tab": TO_DECIDE},
        )


def unnamed(look: Look) -> Iterator[Line]:
    """Organizations that somebody typed and that the register does not have, until the meeting is over."""
    is_asked = not look.meeting.has_ended(look.at) and number_of_organizations()
    count = number_waiting(look.meeting) if is_asked else 0
    if count:
        yield Line(
            tone="off",
            when=_("Now"),
            at=look.at,
            what=ngettext(
                "%(num)d name is no organization of the register",
                "%(num)d names are no organizations of the register",
                count,
            ),
            why=_("Say which organization each means, or propose it."),
            verb=_("See the names"),
            endpoint="delegations.names",
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
            what=ngettext("%(num)d person declined a role", "%(num)d people declined a role", len(roles)),
            why=_("%(names)s. Remove the role, then ask somebody else.", names=named_in(roles)),
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
