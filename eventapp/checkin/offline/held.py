"""Readings that a phone made without a connection and that wait for an organizer."""

from datetime import datetime

from eventapp.checkin.actions import card_read, first_card, reason_against
from eventapp.checkin.labels import Spot
from eventapp.checkin.models import HELD, LEFT, REFUSED, WELCOME, Scan
from eventapp.checkin.reading import Reading
from eventapp.ground.db import db, lock
from eventapp.history.actions import record
from eventapp.people.models import Person


def decide(scan: Scan, *, counts: bool, by: Person | None, at: datetime) -> Scan:
    """An organizer lets a held reading count, as the door would have answered it, or not. The first decision holds."""
    lock(scan)
    if scan.verdict != HELD:
        return scan
    reason, spot = scan.reason, Spot.of(scan.gate)
    if counts:
        leaves = scan.answered == LEFT
        reading = Reading(scan.read, scan.client_key, scan.method, scan.scanned_at, scan.answered, leaves)
        ask = db.session.connection()
        card = card_read(ask, spot.meeting_id, reading) or first_card(spot.meeting_id, reading, by=by, at=at)
        reason = reason_against(ask, spot, card, reading, scan.scanned_at)
        if card and not reason:
            scan.registration_id, scan.badge_id = card.registration_id, card.badge_id
    scan.verdict, scan.reason = (REFUSED if reason else LEFT if scan.answered == LEFT else WELCOME), reason
    verb = "held reading counted" if counts else "held reading left out"
    record(verb, scan, by=by, at=at, meeting_id=spot.meeting_id, read=scan.read)
    return scan
