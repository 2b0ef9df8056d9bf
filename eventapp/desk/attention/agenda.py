"""The agenda: what was changed and is not published yet, and what newer rules of a time zone have moved."""

from collections.abc import Iterator

from sqlalchemy import exists, select

from eventapp.agenda.models import Session
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.actions import draft_difference, last_of_the_draft
from eventapp.agenda.rights.queries import edited_since
from eventapp.agenda.zones.queries import count_off_wall
from eventapp.desk.attention.lines import NAMED, Line, Look
from eventapp.ground.db import db
from eventapp.ground.text.i18n import _, ngettext
from eventapp.networking.slots.queries import count_off_wall as count_slots_off_wall


def unpublished(look: Look) -> Iterator[Line]:
    """Changes to the agenda since its last version: the public page shows what it was.

    The whole draft is read only where a session was touched since the last version that was all of it: one of the day
    left what was touched before.
    """
    last = newest_release(look.meeting)
    if last is None:
        return
    of_draft = last_of_the_draft(last)
    touched = exists().where(Session.meeting_id == look.meeting.id, Session.changed_at > of_draft.released_at)
    changed = draft_difference(look.meeting) if db.session.scalar(select(touched)) else []
    if changed:
        editors = ", ".join(edited_since(look.meeting, of_draft))
        codes = ", ".join(one.code for one in changed[:NAMED]) + (" …" if len(changed) > NAMED else "")
        yield Line(
            tone="wait",
            when=_("Now"),
            at=look.at,
            what=ngettext(
                "%(num)d session differs from the published agenda",
                "%(num)d sessions differ from the published agenda",
                len(changed),
            ),
            why=_("%(codes)s. Readers still see version %(number)s.", codes=codes, number=last.number)
            + (" " + _("Edited by people with a role: %(names)s.", names=editors) if editors else ""),
            verb=_("See and publish"),
            endpoint="agenda_releases.index",
        )


def off_wall(look: Look) -> Iterator[Line]:
    """Sessions that show other times than planned, since the rules of their zone have changed."""
    count = count_off_wall(look.meeting)
    if count:
        what = ngettext(
            "%(num)d session shows another time than planned",
            "%(num)d sessions show other times than planned",
            count,
        )
        yield by_new_rules(look, what, "agenda_zones.index")


def slots_off_wall(look: Look) -> Iterator[Line]:
    """Slots for meetings of two that show other times than they were opened for, for the same reason."""
    count = count_slots_off_wall(look.meeting)
    if count:
        what = ngettext(
            "%(num)s slot shows another time than it was opened for",
            "%(num)s slots show other times than they were opened for",
            count,
        )
        yield by_new_rules(look, what, "networking_slots.index")


def by_new_rules(look: Look, what: str, endpoint: str) -> Line:
    """What newer rules of the time zone have moved, and where somebody decides about it."""
    why, verb = _("The rules of the time zone have changed."), _("Look at them")
    return Line(tone="stop", when=_("Now"), at=look.at, what=what, why=why, verb=verb, endpoint=endpoint)
