"""A file that comes with a form."""

from flask import request
from werkzeug.datastructures import FileStorage


class Unfit(Exception):  # noqa: N818 -- what is wrong with a file, as a sentence that says what to do
    """A file that cannot be taken."""


def uploaded(field: str) -> FileStorage | None:
    """The file that was sent in this field; None where none was chosen."""
    sent = request.files.get(field)
    return sent if sent is not None and (sent.filename or sent.content_length) else None


def left_out() -> set[str]:
    """The fields whose file was not to be taken along any more, as `file_field` asks."""
    return set(request.form.getlist("leave_out"))
