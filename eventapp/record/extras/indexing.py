"""A note in the search index, with its translations."""

from eventapp.agenda.models import Session
from eventapp.ground.db.types import Record
from eventapp.record.extras.queries import translations_of
from eventapp.record.notes.models import Note
from eventapp.record.search.index import NOTE, Thing, forget, index


def thing_of(meeting_id: int, session: Session, columns: Record) -> Thing:
    """Return what a note that has no number yet is found by: `columns` are the columns of its revision."""
    return Thing(
        NOTE,
        0,
        meeting_id,
        session.id,
        "",
        path="",
        title=columns["title"],
        text=columns["text"],
        language=columns["language"],
        kind=columns["kind"],
        action_lines=columns["action_lines"],
        goals=columns["goals"],
        countries=[*columns["countries"], *([columns["country"]] if columns["country"] else [])],
        speaker=f"{columns['speaker']} {columns['organization']}",
    )


def index_note(note: Note, *, is_new: bool = False) -> None:
    """Let this note be found by what it says now; not where it is deleted or off the record."""
    now = note.current
    if note.is_deleted or now.off_record:
        forget(NOTE, note.id)
        return
    index(
        Thing(
            NOTE,
            note.id,
            note.session.meeting_id,
            note.session_id,
            note.reference,
            path=f"record/{note.session.code}/{note.number}",
            title=now.title,
            text=now.text,
            language=now.language,
            kind=now.kind,
            action_lines=now.action_lines,
            goals=now.goals,
            countries=[*now.countries, *([now.country] if now.country else [])],
            speaker=f"{now.speaker} {now.organization}",
            also=[word for one in translations_of(note) for word in (one.title, one.text)] if not is_new else (),
        ),
        is_new=is_new,
    )
