from sqlalchemy import select
from sqlalchemy.orm import load_only

from eventapp.ground.db import db
from eventapp.meetings.models import Meeting


def earlier_meetings() -> list[Meeting]:
    """Return every meeting there is, the latest first, with what a list shows of it."""
    shown = load_only(Meeting.slug, Meeting.title, Meeting.city, Meeting.starts_on, Meeting.ends_on, Meeting.languages)
    return list(
        db.session.scalars(select(Meeting).options(shown).order_by(Meeting.starts_on.desc(), Meeting.id.desc()))
    )
