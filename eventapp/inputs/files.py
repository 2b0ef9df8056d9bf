"""The document of an input: what it is says its content, never its name; served only as a download."""

from hashlib import sha256

from flask import Response
from werkzeug.datastructures import FileStorage

from eventapp.ground.tables.formats import DOCX, ENDINGS, ODT, PDF
from eventapp.ground.text.i18n import _
from eventapp.ground.web.downloads import download
from eventapp.ground.web.uploads import Unfit
from eventapp.inputs.answers.models import AnswerFile
from eventapp.inputs.models import Input, InputFile
from eventapp.registration.uploads.office import kind_of
from eventapp.registration.uploads.reading import EXTENSIONS, MEGABYTE, shown_name

MOST_BYTES = 8 * MEGABYTE
ALLOWED = (PDF, DOCX, ODT)


def read(sent: FileStorage) -> InputFile:
    """The document that was sent, looked into. Raises Unfit."""
    content = sent.stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Unfit(_("Choose a file of %(most)s MB or less.", most=MOST_BYTES // MEGABYTE))
    return InputFile(
        content_type=kind_of(content, allowed=ALLOWED),
        content=content,
        sha256=sha256(content).hexdigest(),
        given_name=shown_name(sent.filename or ""),
    )


def served(file: InputFile, written: Input) -> Response:
    """The document as a download that no browser runs: by its true type, in a sandbox, kept by nobody."""
    name = f"{written.meeting.slug}-{written.reference}.{ENDINGS[file.content_type]}"
    return download(name, file.content_type, file.content, foreign=True)


def answer_served(file: AnswerFile, written: Input) -> Response:
    """The same of a file that answers a question."""
    name = f"{written.meeting.slug}-{written.reference}-{file.question.code}.{EXTENSIONS[file.content_type]}"
    return download(name, file.content_type, file.content, foreign=True)
