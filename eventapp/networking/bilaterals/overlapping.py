"""An agenda is published with a session over what two people agreed: both are told, once for each such session."""

from datetime import datetime

from eventapp.agenda.queries import agenda_of, newest_release
from eventapp.agenda.releases.content import Published, PublishedSession
from eventapp.ground.db import db, lock
from eventapp.mail.actions import post
from eventapp.networking.bilaterals import mails
from eventapp.networking.bilaterals.models import Bilateral
from eventapp.networking.bilaterals.queries import agreed_to_come, parts_of, to_compare

Parts = dict[int, list[PublishedSession]]  # by the number of the person


def compare_next(*, at: datetime) -> int:
    """Compare the newest version of one agenda with what was agreed, and tell both of a session over it. What is only
    in the draft is told to nobody. Returns how many agendas were compared.
    """
    rules = db.session.scalar(to_compare().limit(1))
    if rules is None:
        return 0
    lock(rules.meeting)
    release = newest_release(rules.meeting)
    if release is None or release.number <= rules.announced_version:
        return 0  # another worker has it
    rules.announced_version = release.number
    found = agreed_to_come(rules.meeting, at)
    parts = published_parts(agenda_of(rules.meeting, release), found) if found else {}
    for one in found:
        over = session_over(one, parts)
        mark = f"{over.code} {over.starts_at.isoformat()} {over.ends_at.isoformat()}" if over else ""
        if over and mark != one.announced_over:
            for reader in (one.asker, one.asked):
                post(mails.overlaps(one, reader, over), at=at)
        one.announced_over = mark
    return 1


def published_parts(agenda: Published, found: list[Bilateral]) -> Parts:
    """The sessions that take place, as published, in which these people have a part that was published too."""
    people = {who.person_id for one in found for who in (one.asker, one.asked) if who.person_id is not None}
    parts: Parts = {}
    for role in parts_of(found[0].meeting, people):
        session = agenda.by_code.get(role.session.code)
        if session is None or session.cancelled or role.person_id is None:
            continue
        if any((each.role, each.name) == (role.role, role.name) for each in session.roles):
            parts.setdefault(role.person_id, []).append(session)
    return parts


def session_over(one: Bilateral, parts: Parts) -> PublishedSession | None:
    """The first session at the time of this bilateral meeting in which one of the two has a part."""
    slot = one.slot
    if slot is None:
        return None
    theirs = [session for who in (one.asker, one.asked) for session in parts.get(who.person_id or 0, [])]
    over = [each for each in theirs if each.starts_at < slot.ends_at and each.ends_at > slot.starts_at]
    return min(over, key=lambda each: (each.starts_at, each.code), default=None)
