"""Publishing the agenda: each time a whole new version, numbered without gaps, and never changed afterwards."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select

from eventapp.agenda.models import CONFIRMED, Release, Session, SpeakingRole
from eventapp.agenda.queries import changed_when, newest_release, release_numbered
from eventapp.agenda.releases.difference import TOLD, Change, bodies_of, changes, difference, of_the_day
from eventapp.agenda.releases.drafted import Drafted, draft_content, drafted, stand_of
from eventapp.agenda.releases.parts import PublishedRole
from eventapp.ground.db import db, json_of, lock
from eventapp.ground.db.apart import Changed, with_prepared
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.history.models import Entry
from eventapp.mail.actions import post_all
from eventapp.meetings.models import Body, Meeting, Room
from eventapp.people.models import Person

PART = [one.name for one in fields(PublishedRole)]
AT_ONCE = timedelta(minutes=5)  # what waited for its turn may carry a time before that of the release


def publish(
    meeting: Meeting, *, by: Person | None, clock: Callable[[], datetime], remark: str = "", seen: str = ""
) -> int:
    """As `release`, worked out with nothing held and written in a transaction of its own. Returns the number.

    `seen` is the number of the version that whoever publishes saw as the last one, "0" for none: refused where there
    is another by now, and nothing is done where that leaves nothing to publish, as for a button that was pressed twice.
    Refused where what is published changes each time while it is worked out.
    """

    def prepare() -> Drafted:
        db.session.rollback()  # as it is now
        return drafted(meeting, clock)

    def write(ready: Drafted) -> int:
        prove(meeting, ready)
        if seen and seen != str(ready.last):
            if ready.why_not:  # pressed twice
                return ready.last
            raise Refused(_("Somebody published the agenda meanwhile. See what has changed since, then publish again."))
        return written_down(meeting, ready, by=by, remark=remark).number

    otherwise = _("The agenda was changed again and again while it was published. Publish it when nobody edits it.")
    return with_prepared(prepare, write, otherwise=otherwise)


def release(meeting: Meeting, *, by: Person | None, at: datetime, remark: str = "") -> Release:
    """Publish the draft as the next version. People whose own session moved or is off hear of it by letter.

    Returns the release. Refused when there is nothing to publish, or nothing changed since the last version.
    It is worked out under the lock: what may be a large meeting is published by `publish`.
    """
    lock(meeting)
    return written_down(meeting, drafted(meeting, lambda: at), by=by, remark=remark)


def prove(meeting: Meeting, ready: Drafted) -> None:
    """Hold the meeting. `Changed` where anything that this version rests on is another by now."""
    lock(meeting)
    if stand_of(meeting) != ready.stand:
        raise Changed


def written_down(meeting: Meeting, ready: Drafted, *, by: Person | None, remark: str) -> Release:
    if ready.why_not:
        raise Refused(ready.why_not)
    made = Release(
        meeting=meeting,
        number=ready.last + 1,
        released_at=ready.at,
        released_by_id=by.id if by else None,
        content=json_of(ready.written),
        difference=ready.what,
        remark=remark,
        digest=sha256(ready.written.encode()).hexdigest(),
    )
    db.session.add(made)
    record("released agenda", made, by=by, at=ready.at, number=made.number, digest=made.digest)
    post_all(ready.letters)
    return made


def draft_difference(meeting: Meeting) -> list[Change]:
    """What the next version would change, also where a room alone has another code: every session is compared.

    Only those touched since the last version, or of which a plain row tells something else, are read whole.
    """
    last = newest_release(meeting)
    if last is None:
        return changes(difference(None, draft_content(meeting, None)))
    numbers = touched_since(meeting, last) | differing_from(meeting, last)
    return changes(difference(last.content, draft_content(meeting, last, only=numbers))) if numbers else []


def changed_since(meeting: Meeting, last: Release) -> list[Change]:
    """What the next version would change of sessions, by those alone that were touched since the draft was released."""
    numbers = touched_since(meeting, last)
    return changes(difference(last.content, draft_content(meeting, last, only=numbers))) if numbers else []


def touched_since(meeting: Meeting, last: Release) -> set[int]:
    """The numbers of the sessions that somebody touched since the whole draft was published.

    A version of the day published times and rooms alone, so what was touched before it may still wait.
    """
    of_draft = last_of_the_draft(last)
    touched = select(Entry.thing_id).where(
        Entry.meeting_id == meeting.id, Entry.thing == Session.__tablename__, Entry.at >= of_draft.released_at
    )
    facts = select(Session.id, Session.code, Session.changed_at).where(Session.meeting_id == meeting.id)
    changed = db.session.execute(facts.where(Session.changed_at >= of_draft.released_at - AT_ONCE)).all()
    numbers = set(db.session.scalars(touched.distinct()))
    if changed:
        published = changed_when(last) if of_draft is last else {}
        numbers |= {number for number, code, at in changed if published.get(code) != at.isoformat()}
    return numbers


def differing_from(meeting: Meeting, last: Release) -> set[int]:
    """The numbers of the sessions whose rows, or those of their parts, are not what this version tells. Two queries."""
    before = {one["code"]: one for one in last.content["sessions"]}
    bodies = bodies_of(last.content)
    shown = {"room": Room.code, "body": func.coalesce(Body.name, "")}
    facts = [shown.get(name, getattr(Session, name)) for name in TOLD]
    more = (Session.id, Session.code, Session.cancelled_at.is_not(None), Session.illustrative, Body.code)
    query = select(*more, *facts).where(Session.meeting_id == meeting.id).outerjoin(Session.room)
    parts = parts_by_session(meeting)
    found = set()
    for number, code, cancelled, illustrative, body, *now in db.session.execute(query.outerjoin(Session.body)):
        was = before.get(code)
        content = {
            name: one.isoformat() if isinstance(one, datetime) else one for name, one in zip(TOLD, now, strict=True)
        }
        if was and body and body == bodies.get(code):  # the same one, whatever it is called
            content["body"] = was["body"]
        content |= {"cancelled": cancelled, "illustrative": illustrative}
        if was is None:
            if not cancelled:
                found.add(number)
        elif any(was.get(name, False) != one for name, one in content.items()) or parts.get(number, []) != [
            tuple(one.get(name, "") for name in PART) for one in was["roles"]
        ]:
            found.add(number)
    return found


def parts_by_session(meeting: Meeting) -> dict[int, list[tuple[object, ...]]]:
    """What a version would tell of each confirmed part, by the number of its session, in their order. One query."""
    columns = [getattr(SpeakingRole, name) for name in PART]
    query = select(SpeakingRole.session_id, *columns).join(SpeakingRole.session)
    query = query.where(
        Session.meeting_id == meeting.id, SpeakingRole.state == CONFIRMED, SpeakingRole.ended_at.is_(None)
    )
    found: dict[int, list[tuple[object, ...]]] = {}
    for number, *part in db.session.execute(query.order_by(SpeakingRole.position, SpeakingRole.id)):
        found.setdefault(number, []).append(tuple(part))
    return found


def last_of_the_draft(last: Release) -> Release:
    """This version, or the newest before it that is not told by its changes to be one of the day."""
    while last.number > 1 and of_the_day(last.difference):
        one = release_numbered(last.meeting_id, last.number - 1)
        if one is None:
            break
        last = one
    return last
