"""Every version of the agenda for its readers, and the difference between any two of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from eventapp.agenda.models import Release
from eventapp.agenda.planning.day import lines_of, release_lines
from eventapp.agenda.queries import release_numbered
from eventapp.agenda.releases.changes import ChangeLine
from eventapp.agenda.releases.difference import changes, difference
from eventapp.ground.text.i18n import _, _l
from eventapp.ground.web.forms import Form, WholeNumber
from eventapp.ground.web.paging import Page, page_in_sql
from eventapp.meetings.models import Meeting

A_PAGE = 50


class VersionsForm(Form):
    """Which two versions to compare, by their numbers."""

    first = WholeNumber(_l("From version"), required=_l("Write the number of a version."))
    last = WholeNumber(_l("To version"), required=_l("Write the number of a version."))


@dataclass(frozen=True)
class Compared:
    """Two versions and what is different, in words. `before` is None for the first version, which has none."""

    before: Release | None
    after: Release
    lines: list[ChangeLine]


def versions_of(meeting: Meeting, wanted: str | None, *, whole: bool = False, most: int = A_PAGE) -> Page[Release]:
    """A page of the versions of the agenda, the newest first, without their contents; `whole` has the differences."""
    query = select(Release).where(Release.meeting_id == meeting.id).order_by(Release.number.desc())
    if whole:
        query = query.options(joinedload(Release.released_by), undefer(Release.difference))
    return page_in_sql(query, wanted, most=most)


def compared(meeting: Meeting, newest: Release, form: VersionsForm, asked: Mapping[str, str]) -> Compared:
    """The two versions that an address asks for, the older one first; else the newest and the one before it.

    What is no version of this agenda is said beside the field.
    """
    if asked.keys() & {"first", "last"} and form.validate():
        found = {field: release_numbered(meeting.id, field.data or 0) for field in (form.first, form.last)}
        for field in (field for field, release in found.items() if release is None):
            field.errors = [_("There is no version %(number)s.", number=field.data)]
        there = sorted((one for one in found.values() if one), key=lambda one: one.number)
        if len(there) == len(found):
            before, after = there
            what = difference(before.content, after.content)
            return Compared(before, after, lines_of(meeting, after, changes(what), what["rooms"]))
    previous = release_numbered(meeting.id, newest.number - 1)
    return Compared(previous, newest, release_lines(meeting, newest) if previous else [])
