"""The kind of a meeting that comes in a package, and how long the meeting keeps personal data."""

from dataclasses import replace
from datetime import datetime

from eventapp.meetings.meeting_kinds.actions import MeetingKindFacts, add_meeting_kind
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import meeting_kind_called, meeting_kinds
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.queries import days_said
from eventapp.meetings.retention.sorts import SORTS
from eventapp.package.export.place import MeetingKind as PackedKind
from eventapp.package.manifest import content
from eventapp.people.models import Person


def retention_from(one: content.Meeting, meeting: Meeting, *, by: Person | None, at: datetime) -> None:
    """Let the meeting be of the kind with the same code, and keep what is personal just as long as where it was.

    Where the kind here says other days, or is new here and says none, the meeting has rules of its own.
    """
    kind = kind_from(one.kind, by=by, at=at) if one.kind else None
    meeting.kind_id = kind.id if kind else None
    days = {sort: each.usual for sort, each in SORTS.items()} | {each.sort: each.days for each in one.retention}
    meeting.retention = {sort: number for sort, number in days.items() if number != days_said({}, kind, sort)}


def kind_from(one: PackedKind, *, by: Person | None, at: datetime) -> MeetingKind:
    """The kind with this code; made where there is none, under a name that no other has."""
    known = meeting_kind_called(one.code)
    if known:
        return known
    is_taken = any(one.name.casefold() == each.name.casefold() for each in meeting_kinds())
    name = f"{one.name[:70]} ({one.code})" if is_taken else one.name
    return add_meeting_kind(MeetingKindFacts(name), by=by, at=at, code=one.code)


def called_alike(package: content.Package, other: content.Package) -> content.Package:
    """This package with the kind called as in the other: what a kind is called may differ from house to house."""
    kind, its = package.meeting.kind, other.meeting.kind
    if kind is None or its is None:
        return package
    return replace(package, meeting=replace(package.meeting, kind=replace(kind, name=its.name)))
