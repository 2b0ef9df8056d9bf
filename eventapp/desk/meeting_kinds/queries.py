from sqlalchemy import select
from sqlalchemy.orm import load_only

from eventapp.ground.db import db
from eventapp.meetings.meeting_kinds.models import MeetingKind
from eventapp.meetings.models import Meeting
from eventapp.meetings.queries import IS_HERE


def meetings_of(kind: MeetingKind) -> list[Meeting]:
    """The meetings of this kind, with what tells when they keep what how long. One query."""
    shown = load_only(
        *(
            Meeting.slug,
            Meeting.title,
            Meeting.ends_on,
            Meeting.zone,
            Meeting.kind_id,
            Meeting.retention,
            Meeting.terms_from,
        ),
        *(Meeting.languages, Meeting.texts),
    )
    query = select(Meeting).options(shown).where(Meeting.kind_id == kind.id, IS_HERE)
    return list(db.session.scalars(query.order_by(Meeting.ends_on, Meeting.id)))
