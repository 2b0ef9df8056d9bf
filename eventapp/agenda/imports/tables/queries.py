from collections.abc import Sequence

from sqlalchemy import select

from eventapp.agenda.imports.models import AgendaImport, AgendaImportRow
from eventapp.agenda.imports.queries import rows_of
from eventapp.ground.db import db
from eventapp.ground.text.policy import search_key
from eventapp.meetings.models import Meeting

LATELY = 20  # files that are looked at for what a heading was said to be


def headings_before(meeting: Meeting) -> dict[str, str]:
    """What the newest tables of this meeting were said to have under each heading, by the heading as it is compared."""
    query = select(AgendaImport.heads, AgendaImport.columns).where(AgendaImport.meeting_id == meeting.id)
    found = dict[str, str]()
    for heads, columns in db.session.execute(query.order_by(AgendaImport.id.desc()).limit(LATELY)):
        for head, code in zip(heads, columns, strict=False):
            found.setdefault(search_key(str(head)), str(code))
    return found


def example_of(one: AgendaImport, *, most: int = 3) -> Sequence[Sequence[str]]:
    """The cells of the first rows of a table."""
    rows = db.session.scalars(rows_of(one).where(AgendaImportRow.number > 0).limit(most))
    return [row.content.get("cells", ()) for row in rows]
