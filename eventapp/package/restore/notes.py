"""The notes of a package become those of its sessions again, kept so that they are found."""

from collections.abc import Sequence
from dataclasses import asdict

from eventapp.ground.db import db
from eventapp.outlets.chosen.models import Takeaway
from eventapp.package.manifest import notes as noted
from eventapp.package.restore.arrival import Arrival, values
from eventapp.record.extras.indexing import index_note
from eventapp.record.extras.models import Delivery, Translation
from eventapp.record.notes.models import Note, Revision


def notes_from(one: Arrival, notes: Sequence[noted.Note]) -> None:
    """Keep these notes with their revisions, translations and what became of what they promise."""
    sessions, rows = one.sessions(each.session for each in notes), []
    for each in notes:
        revisions = [
            Revision(**values(row, but=["figures"]), figures=[asdict(figure) for figure in row.figures])
            for row in each.revisions
        ]
        but = ["session", "revisions", "translations", "deliveries", "is_takeaway"]
        rows.append(Note(**values(each, but=but), session=sessions[each.session], revisions=revisions))
        db.session.add_all(Translation(**values(row), note=rows[-1], number=1) for row in each.translations)
        db.session.add_all(Delivery(note=rows[-1], **asdict(row)) for row in each.deliveries)
        if each.is_takeaway:
            db.session.add(Takeaway(note=rows[-1], at=one.at))
    db.session.add_all(rows)
    db.session.flush()
    for note in rows:
        index_note(note)
