"""Publishing a report that was cleared, with what that does to the public balance."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from eventapp.balance.actions import count_balance, hold_back
from eventapp.balance.world import Revealed, revealed_by_list
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.clearance.checking.queries import adoptions
from eventapp.clearance.queries import ADOPTED, progress_of, readers_of
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.review.publishing.actions import Beside, publish
from eventapp.review.reports import content
from eventapp.review.reports.models import Edition, Report


class Published(NamedTuple):
    """What went out, and the stages of the public balance that cannot stand beside the names in it and went with it."""

    edition: Edition
    held_back: list[str]


def publish_as(
    report: Report,
    wanted: str,
    *,
    by: Person | None,
    at: datetime,
    after: Callable[[int, list[str]], None] = lambda _version, _held_back: None,
) -> Published:
    """Publish the report as a draft or as adopted. Refused where it is not (or no longer) what somebody said it was.

    The balance is counted with the first of a meeting, so that no number of people is told beside it; with each, what
    its list of participants would let a reader work out of the balance is taken out of it.
    """
    held_back: list[str] = []
    counted: list[BalanceCount] = []
    ready: list[Revealed] = []

    def before(found: Report, who: Person | None) -> bool:
        adopted = progress_of(found, readers_of(found)).is_adopted
        if (wanted == ADOPTED) != adopted:
            raise Refused(_("What the meeting adopted has changed since you opened this page. Read it again."))
        balance = count_of(found.meeting)
        counted[:] = [] if balance else [count_balance(found.meeting, by=who, at=at)]
        ready[:] = [revealed_by_list(one, found.meeting) for one in (balance, *counted) if one]
        return adopted

    def write(meeting: Meeting, text: content.Report, who: Person | None) -> None:
        if counted:
            record("opened the balance", meeting, by=who, at=at)
        if any(annex.code == "participants" for annex in text.annexes):
            held_back.extend(hold_back(meeting, by=who, at=at, ready=ready[0]))
        after(text.version, held_back)

    beside = Beside(before, write, (adoptions(report.id),))
    return Published(publish(report, by=by, at=at, beside=beside), held_back)
