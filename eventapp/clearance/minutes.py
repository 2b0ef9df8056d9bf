"""The minutes of an adoption as a file: one line for each paragraph that the meeting adopted, undone ones too."""

from collections.abc import Iterable, Mapping

from eventapp.clearance.models import Adoption
from eventapp.ground.text.dates import local
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.registration.lists.sheets import csv_of


def minutes_csv(meeting: Meeting, minutes: Iterable[Adoption], words: Mapping[int, str]) -> bytes:
    """Return the lines in order as CSV (UTF-8 with its mark), times in the zone of the meeting.

    Paragraphs have the number under which they were adopted. `words` has the whole words of each adoption, by row.
    """
    heads = [_("When"), _("Paragraph"), _("Words"), _("By"), _("Reopened"), _("Reopened by")]
    lines = [
        [
            local(one.at, meeting.zone).isoformat(timespec="minutes"),
            one.place,
            words[one.id],
            one.by.name if one.by else "",
            local(one.undone_at, meeting.zone).isoformat(timespec="minutes") if one.undone_at else "",
            one.undone_by.name if one.undone_by else "",
        ]
        for one in minutes
    ]
    return csv_of(heads, lines)
