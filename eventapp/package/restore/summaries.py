"""The summaries of a package become those of its sessions again, kept so that they are found."""

from collections.abc import Iterable, Mapping

from eventapp.agenda.models import Session
from eventapp.ground.db import db
from eventapp.package.manifest import summaries as summed
from eventapp.record.sessions.models import SessionRecord
from eventapp.record.summaries.actions import index_summary
from eventapp.record.summaries.content import Summary
from eventapp.record.summaries.models import SummaryRevision


def summaries_from(summaries: Iterable[summed.Summary], sessions: Mapping[str, Session]) -> None:
    """Keep each summary with its revisions, and what the world reads of it."""
    for one in summaries:
        session = sessions[one.session]
        record = SessionRecord(
            session=session, summary_head=one.head, approved_head=one.approved, approved_at=one.approved_at
        )
        db.session.add(record)
        texts = {each.number: summary_of(each, session) for each in one.revisions}
        db.session.add_all(
            SummaryRevision(session=session, number=each.number, at=each.at, act=each.act, content=text.content())
            for each, text in zip(one.revisions, texts.values(), strict=True)
        )
        db.session.flush()
        index_summary(record, texts[one.head].text)


def summary_of(revision: summed.SummaryRevision, session: Session) -> Summary:
    """What it said, each presentation by the number that its role has here; 0 where nobody is told."""
    return Summary(
        key_issues=revision.key_issues,
        presentations=tuple(
            (0 if one.role is None else session.roles[one.role].id, one.text) for one in revision.presentations
        ),
        discussion=revision.discussion,
        divergence=revision.divergence,
        way_forward=revision.way_forward,
    )
