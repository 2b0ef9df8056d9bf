"""Files of a form that was refused before anybody looked into them: held as they came, and taken along when it is sent
again. They are looked into then, as if they were chosen anew.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

from flask import Flask, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from eventapp.drafts.held.actions import hold
from eventapp.drafts.held.queries import held_files
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.policy import clean, fault_in
from eventapp.ground.web.errors import HOLDS_SENT_FILES, SENT_FILES
from eventapp.ground.web.uploads import left_out
from eventapp.people.limits import allow, host_of

PREFIX = "sent "  # before the name of the field: a form never takes such a row for a file that was looked into
LONGEST_FIELD, LONGEST_NAME = 40 - len(PREFIX), 200
MOST_BYTES = 20 * 1024 * 1024  # of one form
HOUR = timedelta(hours=1)
MOST_AN_HOUR = 30  # forms with files that one host may have held


@dataclass(frozen=True)
class SentFile:
    """A file as it came."""

    content_type: str
    content: bytes
    sha256: str
    given_name: str


class SentFiles:
    """The extension: holds the files of a form that the page of a refusal shows, and takes them along again."""

    def init_app(self, app: Flask) -> None:
        app.extensions[HOLDS_SENT_FILES] = hold_sent
        app.before_request(take_along)


def hold_sent() -> tuple[str, list[str]]:
    """Hold every file of what was sent. Returns the secret of the form and the names of the files; "" without room."""
    files = {PREFIX + field: read(sent) for field, sent in request.files.items() if is_chosen(field, sent)}
    if not files or sum(len(one.content) for one in files.values()) > MOST_BYTES:
        return "", []
    with transaction():
        host, at = host_of(request.remote_addr or ""), now()
        if not allow(f"refused files from {host}", most=MOST_AN_HOUR, per=HOUR, at=at):
            return "", []
        form_secret = hold(files, request.form.get(SENT_FILES, ""), at=at)
    return form_secret, [one.given_name for one in files.values()] if form_secret else []


def is_chosen(field: str, sent: FileStorage) -> bool:
    return bool(sent.filename) and len(field) <= LONGEST_FIELD


def read(sent: FileStorage) -> SentFile:
    sent.stream.seek(0)
    content = sent.stream.read(MOST_BYTES + 1)
    name = clean((sent.filename or "").replace("\\", "/").rsplit("/", 1)[-1])[:LONGEST_NAME]
    name = name if name and not fault_in(name) else "…"
    return SentFile((sent.mimetype or "")[:100], content, sha256(content).hexdigest(), name)


def take_along() -> None:
    """Put the files that are held for this form among those that came with it, but where one was chosen anew."""
    form_secret = request.form.get(SENT_FILES) if request.method == "POST" else None
    if not form_secret:
        return
    chosen = [(field, sent) for field, sent in request.files.items(multi=True) if sent.filename]
    fields = {field for field, _sent in chosen} | left_out()
    for row in held_files(form_secret, at=now()).values():
        field = row.field.removeprefix(PREFIX)
        if row.field.startswith(PREFIX) and field not in fields:
            along = FileStorage(BytesIO(row.content), row.given_name, field, content_type=row.content_type)
            chosen.append((field, along))
    request.files = ImmutableMultiDict(chosen)
