"""The photo or document beside a card: read by the one room that reads files, served so that no browser runs it."""

from flask import Response, request

from eventapp.practices.models import Card, CardFile
from eventapp.registration.models import LETTER
from eventapp.registration.uploads import EXTENSIONS, Unfit, taken


def received() -> CardFile | None:
    """The file that was sent with this form, decoded and checked; None where none was. Raises Unfit."""
    sent = request.files.get("file")
    if sent is None or (not sent.filename and not sent.content_length):
        return None
    kept = taken(LETTER, sent)  # a PDF or a picture, as a letter may be
    return CardFile(
        content_type=kept.content_type, content=kept.content, sha256=kept.sha256, given_name=kept.given_name
    )


def served(file: CardFile, card: Card) -> Response:
    """The file as a download that no browser runs: by its true type, in a sandbox, kept by nobody."""
    answer = Response(file.content, mimetype=file.content_type)
    name = f"{card.meeting.slug}-{card.reference}.{EXTENSIONS[file.content_type]}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


__all__ = ["Unfit", "received", "served"]
