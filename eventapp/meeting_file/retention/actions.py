from datetime import datetime

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.meeting_file.schema import MeetingFile
from eventapp.meetings.arriving.coming import Objected
from eventapp.meetings.meeting_kinds.actions import choose_meeting_kind
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.meeting_kinds.queries import kind_of_meeting, kinds_to_choose
from eventapp.meetings.models import Meeting
from eventapp.meetings.retention.actions import change_retention
from eventapp.meetings.retention.queries import days_said, goes_on, would_go_on
from eventapp.meetings.retention.sorts import SORTS
from eventapp.people.models import Person


def set_retention(meeting: Meeting, file: MeetingFile, *, is_new: bool, by: Person | None, at: datetime) -> None:
    """Let it be of the kind that a file says, and keep personal data as long as that and the file say.

    Refused where there is no such kind, and where some would be deleted at once: Settings asks first.
    """
    kind, own = kind_named(meeting, file), {one.sort: one.days for one in file.retention}
    today = at.astimezone(meeting.tz).date()
    gone = [
        one.label
        for sort, one in SORTS.items()
        if would_go_on(meeting, sort, days_said(own, kind, sort)) <= today < goes_on(meeting, sort)
    ]
    if gone and not is_new:
        raise Refused(
            _(
                "This file would delete today: %(sorts)s. Shorten it in Settings, Retention, which asks first.",
                sorts="; ".join(gone),
            )
        )
    choose_meeting_kind(meeting, kind, by=by, at=at)
    change_retention(meeting, own, by=by, at=at)


def kind_named(meeting: Meeting, file: MeetingFile) -> MeetingKind | None:
    """The kind that a file names. Refused where there is none, or it has ended and the meeting is of another."""
    if not file.meeting_kind:
        return None
    known = {one.code: one for one in kinds_to_choose(kind_of_meeting(meeting))}
    if file.meeting_kind not in known:
        says = _(
            "No kind of meeting is called “%(code)s” here. Leave it out, or use: %(known)s.",
            code=file.meeting_kind,
            known=", ".join(known) or _("none yet"),
        )
        raise Objected([(file.place.of("meeting_kind"), says)])
    return known[file.meeting_kind]
