"""What becomes of an offered place, and who stands where in line. Each begins with the lock of the meeting."""

from datetime import datetime

from sqlalchemy import select, update

from eventapp.ground.db import db, lock
from eventapp.ground.refusal import Refused
from eventapp.ground.text.dates import moment
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.mail.actions import post
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.registration import mails
from eventapp.registration.actions import refuse_when_over
from eventapp.registration.decisions.obstacles import obstacles
from eventapp.registration.models import APPROVED, WAITING, WITHDRAWN, Registration
from eventapp.registration.offers.giving import close, end_of
from eventapp.registration.offers.mails import offer_deadline, offer_ended
from eventapp.registration.offers.models import EXPIRED, REFUSED, Offer, WaitingRules
from eventapp.registration.offers.queries import IN_LINE, let_pass, newest_offer, offer_to, overdue
from eventapp.registration.places.actions import change_state, hold, offer_next
from eventapp.registration.queries import waiting_position

AT_ONCE = 20  # offers that end in one transaction: each posts letters


def accept(registration: Registration, *, at: datetime) -> None:
    """Take the place that is offered. Accepting twice is no fault.

    Refused at the deadline and after it, where no place is offered, or something stands against the place by now.
    """
    hold(registration)
    if registration.state == APPROVED:
        return
    refuse_when_over(registration, at)
    refuse_unoffered(registration, at)
    against = obstacles(registration)
    if against:
        raise Refused(" ".join((*against, _("Write to %(mail)s.", mail=registration.meeting.contact_email))))
    change_state(registration, APPROVED, "accepted the offer of a place", by=registration.person, at=at)
    post(mails.approved(registration), at=at)


def decline(registration: Registration, *, at: datetime) -> None:
    """Leave the place to the next in line, and the line. Declining twice is no fault; refused as accept() is."""
    hold(registration)
    if registration.state == WITHDRAWN:
        return
    refuse_when_over(registration, at)
    close(refuse_unoffered(registration, at), REFUSED, at=at)
    change_state(registration, WITHDRAWN, "declined the offer of a place", by=registration.person, at=at)
    post(mails.withdrawn(registration), at=at)
    offer_next(registration.meeting, at=at)


def refuse_unoffered(registration: Registration, at: datetime) -> Offer:
    """The offer that can be answered at this moment. Refused where there is none."""
    offer = offer_to(registration)
    if offer is not None and offer.is_open(at):
        return offer
    ended = offer or newest_offer(registration)
    meeting = registration.meeting
    if ended is None or ended.expires_at > at:
        raise Refused(_("No place is offered to you at the moment. Write to %(mail)s.", mail=meeting.contact_email))
    raise Refused(
        _(
            "This offer ended on %(when)s, and the place went to the next in line. Write to %(mail)s.",
            when=moment(ended.expires_at, meeting.zone),
            mail=meeting.contact_email,
        )
    )


def end_overdue(*, at: datetime) -> int:
    """End the offers of one meeting that nobody answered in time, each with a letter; the next in line get theirs.

    Whoever did not answer is out of the line, and may come back to its end. Returns how many ended.
    """
    first = overdue(at, most=1)
    if not first:
        return 0
    meeting = first[0].registration.meeting
    lock(meeting)
    due = [one for one in overdue(at, most=AT_ONCE) if one.registration.meeting_id == meeting.id]
    for offer in due:
        hold(offer.registration)
        close(offer, EXPIRED, at=at)
        change_state(offer.registration, WITHDRAWN, "let the offer of a place pass", by=None, at=at)
        post(offer_ended(offer), at=at)
    offer_next(meeting, at=at)
    return len(due)


def set_deadline(offer: Offer, until: datetime, *, seen: datetime, by: Person, at: datetime) -> None:
    """Let the person answer until this moment, with a letter. Done twice, it is done once.

    Refused for an offer that has ended, a moment that is over or after the meeting, and where the deadline is not the
    one that was `seen`.
    """
    registration, before = offer.registration, seen
    hold(registration)
    db.session.refresh(offer)
    refuse_when_over(registration, at)
    if not offer.is_open(at):
        raise Refused(_("This offer has ended: nobody can answer it any more."))
    if offer.expires_at == until:
        return
    if offer.expires_at != before:
        raise Refused(_("Somebody else set another deadline meanwhile. Open it again."))
    if until <= at:
        raise Refused(_("This moment is over. Write a later one."))
    if until > end_of(registration.meeting):
        raise Refused(_("The meeting is over then. Write an earlier time."))
    offer.expires_at = until
    db.session.flush()
    record("set another deadline of an offer", registration, by=by, at=at, before=before, after=until)
    post(offer_deadline(offer, before), at=at)


def put_back(offer: Offer, *, by: Person, at: datetime) -> None:
    """Give somebody who let an offer pass their old position back; done twice, it is done once.

    Refused where they have answered otherwise, or asked anew, by now.
    """
    registration = offer.registration
    hold(registration)
    if registration.state == WAITING:
        return
    refuse_when_over(registration, at)
    if not let_pass(registration) or newest_offer(registration) is not offer:
        name = registration.record_name
        raise Refused(_("%(name)s has decided or was decided about since. Open the registration.", name=name))
    in_line = registration.waiting_since, registration.waiting_rank
    change_state(registration, WAITING, "put back on the waiting list", by=by, at=at)
    registration.waiting_since, registration.waiting_rank = in_line
    db.session.flush()
    offer_next(registration.meeting, at=at)
    if registration.state == WAITING and offer_to(registration) is None:
        post(mails.waiting_listed(registration), at=at)


def move(registration: Registration, position: int, reason: str, *, by: Person, at: datetime) -> int:
    """Put somebody at this position of the line, the last one where it is shorter. Returns where they were.

    Those before that position stay where they are, also when others join later. Refused for somebody who does not wait.
    """
    hold(registration)
    refuse_when_over(registration, at)
    before = waiting_position(registration)
    if not before:
        raise Refused(_("%(name)s is not on the waiting list any more.", name=registration.record_name))
    line = line_of(registration.meeting)
    position = min(max(1, position), len(line))
    if position == before:
        return before
    line.insert(position - 1, line.pop(before - 1))
    fixed = max(position, *(place for place, (_number, rank) in enumerate(line, 1) if rank < 0), 0)
    ranks = [{"id": number, "waiting_rank": place - fixed} for place, (number, _rank) in enumerate(line[:fixed])]
    db.session.execute(update(Registration), ranks)
    db.session.refresh(registration)
    verb = "moved on the waiting list" if reason else "moved back on the waiting list"
    record(verb, registration, by=by, at=at, before=before, after=position, reason=reason)
    return before


def line_of(meeting: Meeting) -> list[tuple[int, int]]:
    """Everybody who waits, in order: the number of the row and the rank."""
    query = select(Registration.id, Registration.waiting_rank).where(
        Registration.meeting_id == meeting.id, Registration.state == WAITING
    )
    return [(number, rank) for number, rank in db.session.execute(query.order_by(*IN_LINE))]


def set_waiting_rules(
    meeting: Meeting, hours: int | None, *, by_protocol: bool = False, by: Person | None, at: datetime
) -> None:
    """Give places that come free at once, or offer each for so many hours. An offer that stands keeps its deadline.

    `by_protocol` puts who waits in the order of their categories first, and by time in each.
    """
    lock(meeting)
    row = db.session.scalar(select(WaitingRules).where(WaitingRules.meeting_id == meeting.id))
    before, after = (row.offer_hours, row.by_protocol) if row else (None, False), (hours, by_protocol)
    if before == after:
        return
    if row is None:
        row = WaitingRules(meeting_id=meeting.id, offer_hours=None)
        db.session.add(row)
    names = ("offer_hours", "by_protocol")
    changes = {name: [then, now] for name, then, now in zip(names, before, after, strict=True) if then != now}
    record("set the rules of the waiting list", meeting, by=by, at=at, changes=changes)
    row.offer_hours, row.by_protocol = after
    db.session.flush()
    offer_next(meeting, at=at)
