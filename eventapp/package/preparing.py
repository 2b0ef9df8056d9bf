"""The package of a large meeting, as the worker makes it."""

from eventapp.ground.jobs.leased import watched
from eventapp.ground.text.i18n import _
from eventapp.meetings.models import Meeting
from eventapp.meetings.prepared.actions import Lease, Made, Tell
from eventapp.package.export.meeting import LeftOut, filled
from eventapp.package.manifest.archive import to_zip

PACKAGE = "package"
STEPS = 2


def make(meeting: Meeting, lease: Lease, tell: Tell) -> Made:
    """The package of the meeting as one file, and which reports and words stay behind."""
    tell(0, STEPS)
    made = watched(lambda: filled(meeting, lease.wanted), lambda: tell(0, STEPS))
    tell(1, STEPS)
    content = watched(lambda: to_zip(made.package), lambda: tell(1, STEPS))
    tell(STEPS, STEPS)
    return Made(content, remark_on(made.left_out))


def remark_on(left_out: LeftOut) -> str:
    """What an organizer has to know of what stays behind, a line for each; "" where nothing does by surprise."""
    lines = [
        _(
            "Version %(number)s of “%(report)s” stays behind: %(why)s.",
            number=paper.edition.version,
            report=paper.edition.report.title,
            why=paper.objection,
        )
        for paper in left_out.editions
    ]
    if left_out.withheld:
        words = "These notes leave without some of their words, which name more than their ceilings allow: %(notes)s"
        lines.append(_(words, notes=", ".join(left_out.withheld)))
    return "\n".join(lines)
