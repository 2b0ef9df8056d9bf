"""Files as answers to the questions of a meeting's own."""

from datetime import datetime

from werkzeug.datastructures import FileStorage

from eventapp.drafts.held.fields import held_for, hold_files
from eventapp.ground.tables.formats import DOCX, PDF
from eventapp.ground.text.i18n import _
from eventapp.ground.web.uploads import Unfit, left_out, uploaded
from eventapp.questions.kinds import FILE
from eventapp.registration.answers.actions import digest_and_name
from eventapp.registration.forms.questions import MOST_MEGABYTES, PREFIX, AnswersForm
from eventapp.registration.models import LETTER, Upload
from eventapp.registration.uploads.office import WrongKind, kind_of
from eventapp.registration.uploads.reading import (
    FORMATS,
    LARGEST_SIDE,
    MEGABYTE,
    as_jpeg,
    copied,
    is_picture,
    refuse_large,
    upload_of,
)


def open_answers(form: AnswersForm, *, at: datetime) -> list[Upload]:
    """The files that answer questions, opened, or held from the last sending; what is wrong is put on the form.

    To be called before the form is validated: a required question is answered by its file.
    """
    names = {PREFIX + one.code: one.code for one in form.questions if one.kind == FILE}
    if not names:
        return []
    uploads, dropped, held = [], left_out(), held_for(form, names, at=at)
    for name, code in names.items():
        sent, field = uploaded(name), form[name]
        if sent is None and name in dropped:
            field.data = ""
        try:
            file = taken(code, sent) if sent else copied(code, held[name]) if name in held else None
        except Unfit as unfit:
            form.unfit[code] = str(unfit)
            continue
        if file:
            field.data = digest_and_name(file)
            uploads.append(file)
    return uploads


def taken(code: str, sent: FileStorage) -> Upload:
    """One file, as we keep it: a picture drawn anew, a PDF or DOCX as it is. Raises Unfit."""
    content = sent.stream.read(2 * MOST_MEGABYTES * MEGABYTE)
    refuse_large(content, MOST_MEGABYTES * MEGABYTE)
    if is_picture(content, FORMATS[LETTER]):
        return upload_of(code, as_jpeg(content, FORMATS[LETTER], LARGEST_SIDE[LETTER]), "image/jpeg", sent)
    try:
        kind = kind_of(content, allowed=(PDF, DOCX))
    except WrongKind:
        raise Unfit(
            _("Choose a PDF, a DOCX, a PNG or a JPEG. This file is none of them, whatever its name says.")
        ) from None
    return upload_of(code, content, kind, sent)


def hold_answers(form: AnswersForm, uploads: list[Upload], *, at: datetime) -> None:
    """Hold those of these files that answer questions of a form that comes back; to be called in a transaction."""
    hold_files(form, {PREFIX + one.kind: one for one in uploads if PREFIX + one.kind in form}, at=at)
