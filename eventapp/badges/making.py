"""Many badges as one file, as the worker makes it; few are drawn while who prints them waits."""

from dataclasses import asdict
from datetime import datetime
from functools import partial

from eventapp.badges.actions import print_drawn
from eventapp.badges.layouts.queries import runs_of
from eventapp.badges.printing import sheet
from eventapp.badges.printing.layouts import Size
from eventapp.badges.queries import Choice, bearers, faces, portraits
from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.people.models import Person

BADGES = "badges"
AT_ONCE = 40  # badges drawn in the request: with photographs, on a slow machine, in less than a second


def is_many(badges: int) -> bool:
    """Whether the worker draws so many badges. The one place where this is said."""
    return badges > AT_ONCE


def wanted_of(choice: Choice, size: Size | None) -> Record:
    """What is asked of the worker, as `chosen_in` reads it back."""
    return {**asdict(choice), "references": list(choice.references), "size": size.value if size else ""}


def chosen_in(wanted: Record) -> tuple[Choice, Size | None]:
    """Which badges these are, and the size for all of them; None where each comes out as its layout says."""
    asked = {name: value for name, value in wanted.items() if name != "size"}
    choice = Choice(**asked | {"references": tuple(asked["references"])})
    return choice, Size(wanted["size"]) if wanted["size"] else None


def make(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
    """The badges as one file. They count as printed in the moment in which it is there, and not before: where it is
    stopped or fails none does. Refused where there is none to print any more.
    """
    choice, size = chosen_in(lease.details)
    shown = bearers(meeting, choice)
    if not shown:
        raise Refused(_("There is no badge to print. Choose another category, or badges already printed."))
    drawn = {one.registration.id: one.code for one in shown}
    runs = runs_of(meeting, shown, faces(meeting, shown), size)
    title = _("Badges, %(meeting)s", meeting=meeting.short_title)
    made = sheet.pdf_of(runs, title=title, photographs=partial(portraits, meeting), tell=tell)

    def finish(at: datetime) -> None:
        here, by = db.session.get_one(Meeting, lease.meeting_id), lease.by_id and db.session.get(Person, lease.by_id)
        print_drawn(here, choice, drawn, by=by or None, at=at)

    return Made(made.pdf, taken={"count": len(drawn)}, finish=finish)
