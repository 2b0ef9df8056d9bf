"""The summary of a session is its revisions, as a note is: written, set aside in a conflict, restored, approved."""

import json
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from eventapp.agenda.models import Session
from eventapp.checkin.models import BalanceCount
from eventapp.checkin.queries import count_of
from eventapp.drafts import actions as drafts
from eventapp.drafts.actions import Sent, Slot
from eventapp.drafts.models import Draft
from eventapp.drafts.queries import with_key
from eventapp.ground.db import db, lock
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.tokens import hashed
from eventapp.ground.text.i18n import _
from eventapp.history.actions import record
from eventapp.people.models import Person
from eventapp.record.drafts.actions import session_of, settle_typing
from eventapp.record.drafts.queries import SUMMARY
from eventapp.record.notes.models import RECORDED, RESTORED, REVISED
from eventapp.record.search.index import SUMMARY as SUMMARY_THING
from eventapp.record.search.index import Thing, forget, index
from eventapp.record.sessions.actions import opened
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.sessions.queries import record_of
from eventapp.record.summaries.attendance import attendance, for_the_world
from eventapp.record.summaries.content import Summary, summary_from
from eventapp.record.summaries.models import SummaryRevision
from eventapp.record.summaries.queries import summary_revision, summary_with_key


def summary_of(session: Session) -> Summary:
    """What the summary says now; empty before anything was written."""
    state = record_of(session)
    newest = summary_revision(session, state.summary_head) if state else None
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
    state = record_of(session)
    shown = summary_revision(session, state.approved_head) if state and state.approved_head else None
    return summary_from(shown.content) if shown else None


def write_summary(
    session: Session, summary: Summary, *, base: int, by: Person | None, at: datetime, key: str = ""
) -> SummaryRevision | Draft | None:
    """Let the summary say this from now on; `base` is the revision it was written from, 0 for the first.

    Where somebody else was faster nothing is overwritten: the text is kept aside and handed back to be decided on. The
    same text under the same key of the browser is one revision. None where it says the same already.
    """
    lock(session)
    settle_typing(key, by=by, at=at)
    sent = fingerprint(session, summary, key, by)
    again = (summary_with_key(sent) or with_key(sent, by.id if by else None)) if sent else None
    if again is not None:
        return again
    state = opened(session)
    if summary == summary_of(session):
        return summary_revision(session, state.summary_head)
    if base != state.summary_head:
        return keep_second(session, summary, base=base, by=by, at=at, key=sent)
    return add(state, summary, RECORDED if not base else REVISED, by=by, at=at, key=sent)


def keep_summing(session: Session, summary: Summary, sent: Sent, *, key: str, by: Person, at: datetime) -> Draft | None:
    """Keep what is being typed in the summary and not saved yet, as of a note; None where it is saved already."""
    lock(session)
    print_of = fingerprint(session, summary, key, by)
    if print_of and (summary_with_key(print_of) or with_key(print_of, by.id)):
        return None
    return drafts.keep(slot_of(session, by, key), summary.content(), sent, at=at).draft


def slot_of(session: Session, by: Person | None, key: str | None) -> Slot:
    """Where what this person types in the summary is kept."""
    return Slot(SUMMARY, session.id, person_id=by.id if by else None, key=key or "")


def restore_summary(
    session: Session, number: int, *, base: int, by: Person | None, at: datetime
) -> SummaryRevision | Draft | None:
    """Let the summary say again what it said at this number, as a new revision. Refused where there is none."""
    lock(session)
    state, old = opened(session), summary_revision(session, number)
    if old is None:
        raise Refused(_("The summary has no revision %(number)s. Choose one from its history.", number=number))
    summary = summary_from(old.content)
    if summary == summary_of(session):
        return summary_revision(session, state.summary_head)
    if base != state.summary_head:
        return keep_second(session, summary, base=base, by=by, at=at, key=None)
    return add(state, summary, RESTORED, by=by, at=at, key=None)


def settle_summary(
    draft: Draft, summary: Summary | None, *, base: int, by: Person | None, at: datetime, key: str = ""
) -> SummaryRevision | Draft | None:
    """Decide between two: this one from now on, or (None) the one that was saved. Both stay in the history."""
    session = session_of(draft)
    lock(session)
    outcome = write_summary(session, summary, base=base, by=by, at=at, key=key) if summary is not None else None
    drafts.settle(draft, at=at)
    record("settled summary", session, by=by, at=at, kept=draft.id)
    return outcome


def approve_summary(session: Session, number: int, *, by: Person | None, at: datetime) -> None:
    """Show the world this revision of the summary, and who came once the balance of the meeting was counted.

    Refused where the session was not handed in, or the summary was changed since it was read.
    """
    lock(session.meeting)  # so that nobody counts the balance meanwhile, and misses this session
    lock(session)
    state = record_of(session)
    if state is None or not state.submitted_at or not state.summary_head:
        raise Refused(_("Session %(code)s was not handed in with a summary yet.", code=session.code))
    if number != state.summary_head:
        raise Refused(_("Somebody changed the summary of %(code)s. Read it again, then approve it.", code=session.code))
    state.approved_head, state.approved_at, state.approved_by_id = number, at, by.id if by else None
    record("approved summary", session, by=by, at=at, revision=number)
    count = count_of(session.meeting)
    if count is not None:
        tell_attendance(state, count)


def tell_attendance(
    state: SessionRecord, count: BalanceCount, came: Mapping[int, Record | None] = MappingProxyType({})
) -> None:
    """Let the world read who came to this session, of those whom the balance counted. What it reads already stays.

    Counting once and for all keeps the difference of two countings from telling of one person. `came` has what was
    worked out before, by the number of the record.
    """
    if state.attendance is None:
        state.attendance = (
            came[state.id] if state.id in came else came_for_the_world(state, count.content, count.counted_at)
        )


def came_for_the_world(state: SessionRecord, balance: Record, at: datetime) -> Record | None:
    """What the world may read, beside this balance, of who had come to this session by this moment."""
    return for_the_world(attendance(state.session, by=at), balance)


def add(
    state: SessionRecord, summary: Summary, act: str, *, by: Person | None, at: datetime, key: str | None
) -> SummaryRevision:
    state.summary_head += 1
    revision = SummaryRevision(
        session_id=state.session_id,
        number=state.summary_head,
        at=at,
        by=by,
        act=act,
        content=summary.content(),
        client_key=key,
    )
    db.session.add(revision)
    db.session.flush()
    index_summary(state, summary.text)
    session = state.session
    record(f"summary {act}", session, by=by, at=at, revision=revision.number)
    return revision


def keep_second(
    session: Session, summary: Summary, *, base: int, by: Person | None, at: datetime, key: str | None
) -> Draft:
    """Keep a summary that cannot be saved over a newer one, until somebody decides and for ever after."""
    draft = drafts.keep_second(slot_of(session, by, key), summary.content(), base=base, at=at)
    record("set aside summary", session, by=by, at=at, base=base)
    return draft


def fingerprint(session: Session, summary: Summary, key: str, by: Person | None) -> str | None:
    if not key:
        return None
    content = json.dumps(summary.content(), sort_keys=True)
    return hashed(f"{by.id if by else 0} summary {session.id} {key} {content}")


def index_summary(record: SessionRecord, text: str) -> None:
    """Let the summary of this session be found; an empty one is not there."""
    session = record.session
    if not text:
        forget(SUMMARY_THING, record.id)
        return
    index(
        Thing(
            SUMMARY_THING,
            record.id,
            session.meeting_id,
            session.id,
            session.code,
            path=f"record/{session.code}/submission",
            title=session.title,
            text=text,
        )
    )
