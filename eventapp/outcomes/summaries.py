"""The summary of a session is its revisions, as a note is: written, set aside in a conflict, restored, approved."""

import json
from datetime import datetime

from eventapp.agenda.models import Session
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.db import db, lock
from eventapp.history.actions import record
from eventapp.outcomes.attendance import attendance, for_the_world
from eventapp.outcomes.findable import keep_summary
from eventapp.outcomes.keys import kept_with_key
from eventapp.outcomes.models import RECORDED, RESTORED, REVISED, KeptText, SessionRecord, SummaryRevision
from eventapp.outcomes.queries import record_of
from eventapp.outcomes.sheltering import Hold, settle_typing, shelter
from eventapp.outcomes.summary import Summary, summary_from
from eventapp.outcomes.summed import SUMMARY, SUMMING, summary_revision, summary_with_key
from eventapp.people.models import Person
from eventapp.refusal import Refused
from eventapp.tokens import hashed
from eventapp.words import _


def summary_of(session: Session) -> Summary:
    """What the summary says now; empty before anything was written."""
    kept = record_of(session)
    newest = summary_revision(session, kept.summary_head) if kept else None
    return summary_from(newest.content) if newest else Summary()


def presenter_names(session: Session) -> dict[int, str]:
    """Role -> who gave a presentation as the session's rule lets it be told; '' under the Chatham House rule."""
    is_open = session.rule == "open"
    return {
        role.id: (f"{role.name}, {role.organization}" if role.organization else role.name) if is_open else ""
        for role in session.roles
    }


def published_summary(session: Session) -> Summary | None:
    """The summary as the world reads it, None before one was approved."""
    kept = record_of(session)
    shown = summary_revision(session, kept.approved_head) if kept and kept.approved_head else None
    return summary_from(shown.content) if shown else None


def write_summary(
    session: Session, summary: Summary, *, base: int, by: Person | None, at: datetime, key: str = ""
) -> SummaryRevision | KeptText | None:
    """Let the summary say this from now on; `base` is the revision it was written from, 0 for the first.

    Where somebody else was faster nothing is overwritten: the text is kept aside and handed back to be decided on. The
    same text under the same key of the browser is one revision. None where it says the same already.
    """
    lock(session)
    settle_typing(key, by=by, at=at)
    sent = fingerprint(session, summary, key, by)
    again = (summary_with_key(sent) or kept_with_key(sent, by)) if sent else None
    if again is not None:
        return again
    kept = opened(session)
    if summary == summary_of(session):
        return summary_revision(session, kept.summary_head)
    if base != kept.summary_head:
        return set_aside(session, summary, base=base, by=by, at=at, key=sent)
    return add(kept, summary, RECORDED if not base else REVISED, by=by, at=at, key=sent)


def keep_summing(
    session: Session, summary: Summary, *, key: str, base: int, by: Person, at: datetime, hold: Hold
) -> KeptText | None:
    """Keep what is being typed in the summary and not saved yet, as of a note; None where it is saved already."""
    lock(session)
    sent = fingerprint(session, summary, key, by)
    if sent and (summary_with_key(sent) or kept_with_key(sent, by)):
        return None
    return shelter(session, summary.content(), {"part": SUMMING, "base": base}, key=key, by=by, at=at, hold=hold)


def restore_summary(
    session: Session, number: int, *, base: int, by: Person | None, at: datetime
) -> SummaryRevision | KeptText | None:
    """Let the summary say again what it said at this number, as a new revision. Refused where there is none."""
    lock(session)
    kept, old = opened(session), summary_revision(session, number)
    if old is None:
        raise Refused(_("The summary has no revision %(number)s. Choose one from its history.", number=number))
    summary = summary_from(old.content)
    if summary == summary_of(session):
        return summary_revision(session, kept.summary_head)
    if base != kept.summary_head:
        return set_aside(session, summary, base=base, by=by, at=at, key=None)
    return add(kept, summary, RESTORED, by=by, at=at, key=None)


def settle_summary(
    kept: KeptText, summary: Summary | None, *, base: int, by: Person | None, at: datetime, key: str = ""
) -> SummaryRevision | KeptText | None:
    """Decide between two: this one from now on, or (None) the one that was saved. Both stay in the history."""
    session = kept.session
    lock(session)
    outcome = write_summary(session, summary, base=base, by=by, at=at, key=key) if summary is not None else None
    kept.settled_at = kept.settled_at or at
    record("settled summary", session, by=by, at=at, meeting_id=session.meeting_id, kept=kept.id)
    return outcome


def approve_summary(session: Session, number: int, *, by: Person | None, at: datetime) -> None:
    """Show the world this revision of the summary, and who came once the balance of the meeting was counted.

    Refused where the session was not handed in, or the summary was changed since it was read.
    """
    lock(session.meeting)  # so that nobody counts the balance meanwhile, and misses this session
    lock(session)
    kept = record_of(session)
    if kept is None or not kept.submitted_at or not kept.summary_head:
        raise Refused(_("Session %(code)s was not handed in with a summary yet.", code=session.code))
    if number != kept.summary_head:
        raise Refused(_("Somebody changed the summary of %(code)s. Read it again, then approve it.", code=session.code))
    kept.approved_head, kept.approved_at, kept.approved_by_id = number, at, by.id if by else None
    record("approved summary", session, by=by, at=at, meeting_id=session.meeting_id, revision=number)
    count = count_of(session.meeting)
    if count is not None:
        tell_attendance(kept, count)


def tell_attendance(kept: SessionRecord, count: BalanceCount) -> None:
    """Let the world read who came to this session, of those whom the balance counted. What it reads already stays.

    Counting once and for all keeps the difference of two countings from telling of one person.
    """
    if kept.attendance is None:
        kept.attendance = for_the_world(attendance(kept.session, by=count.counted_at), count.content)


def opened(session: Session) -> SessionRecord:
    """The record of this locked session, made where there was none."""
    kept = record_of(session)
    if kept is None:
        kept = SessionRecord(session=session, summary_head=0)
        db.session.add(kept)
        db.session.flush()
    return kept


def add(
    kept: SessionRecord, summary: Summary, act: str, *, by: Person | None, at: datetime, key: str | None
) -> SummaryRevision:
    kept.summary_head += 1
    revision = SummaryRevision(
        session_id=kept.session_id,
        number=kept.summary_head,
        at=at,
        by=by,
        act=act,
        content=summary.content(),
        client_key=key,
    )
    db.session.add(revision)
    db.session.flush()
    keep_summary(kept, summary.text)
    session = kept.session
    record(f"summary {act}", session, by=by, at=at, meeting_id=session.meeting_id, revision=revision.number)
    return revision


def set_aside(
    session: Session, summary: Summary, *, base: int, by: Person | None, at: datetime, key: str | None
) -> KeptText:
    """Keep a summary that cannot be saved over a newer one, until somebody decides and for ever after."""
    kept = KeptText(session=session, part=SUMMARY, base=base, content=summary.content(), client_key=key, at=at, by=by)
    db.session.add(kept)
    db.session.flush()
    record("set aside summary", session, by=by, at=at, meeting_id=session.meeting_id, base=base)
    return kept


def fingerprint(session: Session, summary: Summary, key: str, by: Person | None) -> str | None:
    if not key:
        return None
    content = json.dumps(summary.content(), sort_keys=True)
    return hashed(f"{by.id if by else 0} summary {session.id} {key} {content}")
