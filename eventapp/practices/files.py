"""The photo or document beside a card: read by the one room that reads files, served so that no browser runs it."""

from flask import Response
from werkzeug.datastructures import FileStorage

from eventapp.ground.web.downloads import download
from eventapp.practices.models import Card, CardFile
from eventapp.registration.models import LETTER
from eventapp.registration.uploads.reading import EXTENSIONS, taken


def read(sent: FileStorage) -> CardFile:
    """The file that was sent, decoded and checked. Raises Unfit."""
    kept = taken(LETTER, sent)  # a PDF or a picture, as a letter may be
    return CardFile(
        content_type=kept.content_type, content=kept.content, sha256=kept.sha256, given_name=kept.given_name
    )


def served(file: CardFile, card: Card) -> Response:
    """The file as a download that no browser runs: by its true type, in a sandbox, kept by nobody."""
    name = f"{card.meeting.slug}-{card.reference}.{EXTENSIONS[file.content_type]}"
    return download(name, file.content_type, file.content, foreign=True)
