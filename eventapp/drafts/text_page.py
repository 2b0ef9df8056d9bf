"""The page behind a link where somebody from outside writes a text: kept while it is typed, sent when it is ready."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from wtforms import FileField

from eventapp.drafts.models import Draft, HasDraft
from eventapp.drafts.protocol import PLAIN, DraftForm, answer
from eventapp.ground.clock import now
from eventapp.ground.db.files import StoredFile
from eventapp.ground.text.dates import Zone
from eventapp.ground.text.i18n import _
from eventapp.ground.web.attempt import attempt, refusal_from
from eventapp.ground.web.uploads import Unfit, uploaded


class TextForm(DraftForm):
    """A text that may be kept half written, with a file beside it."""

    file: FileField

    @abstractmethod
    def faults_in_draft(self) -> list[str]:
        """What stops a draft from being kept: a text that no page may hold, or far too long; never what is missing."""


Row = TypeVar("Row", bound=HasDraft)
Typed = TypeVar("Typed", bound=TextForm)
File = TypeVar("File", bound=StoredFile)


@dataclass(frozen=True)
class TextPage(Generic[Row, Typed, File]):
    """What such a page does with what was sent to it. Its room says what the text is, and what happens to it."""

    form: Callable[[Row, Any], Typed]  # of what was sent
    read: Callable[[FileStorage], File]  # looks into a file; raises Unfit
    show: Callable[[Row, str, Typed], str]  # with the secret of the link
    keep: Callable[[Row, Typed, datetime], Draft | None]
    send: Callable[[Row, Typed, str, datetime], object]  # with the secret of the link
    put_file: Callable[[Row, File, datetime], None]

    def update(self, row: Row, token: str) -> ResponseReturnValue:
        """Send the text, or keep it and go on later; what stands in the way is said, and what was typed stays."""
        form, for_later = self.form(row, request.form), "keep" in request.form
        sound, file = is_sound(form, for_later=for_later), self.file_of(form)
        if not sound or form.file.errors:
            return self.show(row, token, form), 422

        def act() -> None:
            at = now()
            if for_later:
                self.keep(row, form, at)
            else:
                self.send(row, form, token, at)
            if file is not None:
                self.put_file(row, file, at)

        attempt(form, act)
        if form.refused:
            form.go_over(row.version)
            return self.show(row, token, form), 409
        return redirect(url_for(".show", token=token, _anchor="kept" if for_later else None), 303)

    def keep_typed(self, row: Row, zone: Zone) -> ResponseReturnValue:
        """Keep what is being typed. Answers with the time, for the line that says so, and the version to go on from."""
        form = self.form(row, request.form)
        fault = next(iter(form.faults_in_draft()), "")
        return answer(lambda at: self.keep(row, form, at), zone, fault=fault)

    def attach(self, row: Row) -> ResponseReturnValue:
        """Keep the file as soon as it is chosen, for a browser gives none back. Answers with what is on file now."""
        sent = uploaded("file")
        if sent is None:
            abort(400)
        try:
            file = self.read(sent)
        except Unfit as unfit:
            return str(unfit), 422, PLAIN
        name = file.given_name
        refusal = refusal_from(lambda: self.put_file(row, file, now()))
        if refusal:
            return refusal, 409, PLAIN
        return _("On file: %(name)s. Choose another only to replace it.", name=name), PLAIN

    def file_of(self, form: Typed) -> File | None:
        """The file that came with the form. What is wrong with it, or that it must be chosen again where the form comes
        back, is said at its field: a browser does not keep files.
        """
        sent = uploaded("file")
        if sent is None:
            return None
        try:
            file = self.read(sent)
        except Unfit as unfit:
            form.file.errors = [str(unfit)]
            return None
        form.file.description = _("Choose %(name)s again: browsers do not keep files.", name=file.given_name)
        return file


def is_sound(form: TextForm, *, for_later: bool) -> bool:
    """Whether this form can be taken. For later it may be half filled: what is missing may still come."""
    sound = bool(form.validate())
    if for_later and not form.faults_in_draft():
        form.forgive()
        sound = True
    return sound
