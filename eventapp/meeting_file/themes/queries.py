from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Text, and_, cast, func, select

from eventapp.agenda.models import Session
from eventapp.drafts.models import Draft
from eventapp.ground.db import db
from eventapp.ground.text.i18n import ngettext
from eventapp.inputs.models import Input
from eventapp.meetings.models import Meeting
from eventapp.meetings.themes.content import SDG, ThemeSet
from eventapp.practices.models import Card
from eventapp.record.notes.models import Note, Revision
from eventapp.vocabulary.goals import GOALS


@dataclass(frozen=True)
class Uses:
    """How often each theme is carried by notes, inputs and cards, by its code; a goal by its number as text."""

    counts: Counter[str]

    def of(self, code: str) -> int:
        return self.counts[code]

    def of_set(self, one: ThemeSet) -> int:
        """How often the themes of this set are carried."""
        return sum(map(self.of, map(str, GOALS) if one.code == SDG else one.themes))

    def words(self, number: int) -> str:
        """This number of uses in words."""
        return ngettext("carried %(num)s time", "carried %(num)s times", number) if number else ""


def uses_of(meeting: Meeting) -> Uses:
    """What carries the themes of this meeting now; deleted notes count, for they may be restored. Four queries."""
    found = Counter[str]()
    for column in (Revision.action_lines, Revision.goals):
        alike = (
            select(func.min(Revision.id), func.count())
            .join(Note, and_(Note.id == Revision.note_id, Note.head == Revision.number))
            .join(Session, Session.id == Note.session_id)
            .where(Session.meeting_id == meeting.id)
            .group_by(cast(column, Text))
            .subquery()
        )
        query = select(column, alike.c[1]).join(alike, alike.c[0] == Revision.id)
        for codes, number in db.session.execute(query):
            found.update({str(code): number for code in set(codes)})
    for model, parts in ((Input, ("passages",)), (Card, ("action_lines", "goals"))):
        found.update(_drafted(meeting, model, parts))
    return Uses(found)


def _drafted(meeting: Meeting, model: type[Input | Card], parts: Iterable[str]) -> Counter[str]:
    """How often each theme stands in what is written behind links, sent or not."""
    columns = [Draft.content[part] for part in parts]
    here = and_(Draft.target_id == model.id, Draft.kind == model.draft_kind)
    rows = db.session.execute(select(*columns).join(model, here).where(model.meeting_id == meeting.id))
    return Counter(str(code) for row in rows for codes in row for code in codes or ())
