"""The way a view gets a note."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate

from flask import abort
from flask.typing import ResponseReturnValue

from eventapp.agenda.models import Session
from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _
from eventapp.ground.web.access import View
from eventapp.ground.web.pages import Address
from eventapp.people.models import Person
from eventapp.record.notes.models import PUBLISHED, Note
from eventapp.record.notes.queries import note_at
from eventapp.record.sessions.access import P, Rule, where, with_session
from eventapp.record.sessions.rules import correct_published


def with_note(*, may: Rule) -> Callable[[Callable[Concatenate[Note, P], ResponseReturnValue]], View]:
    """Hand the view the note at `slug`, `code` and `number`, deleted ones too; else as with_session."""

    def decorate(view: Callable[Concatenate[Note, P], ResponseReturnValue]) -> View:
        def opened(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            note = note_at(session, int(str(kwargs.pop("number"))))
            if note is None:
                abort(404)
            return view(note, *args, **kwargs)

        update_wrapper(opened, view)
        return with_session(may=may)(opened)

    return decorate


def corrigible(note: Note, person: Person | None) -> None:
    """Refuse to change a published note for anybody but an organizer."""
    if note.state == PUBLISHED and not correct_published(person, note.session):
        raise Refused(_("This note is published. Ask an organizer to write a corrigendum."))


def where_note(note: Note) -> Address:
    """What an address says to lead to this note."""
    return {**where(note.session), "number": note.number}
