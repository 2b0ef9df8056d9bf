"""What comes in: a body that cannot be read is refused, never taken for an empty form."""

import re
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
NUL, CONTROL = "\0", "\1"
NOT_ASCII = re.compile(rb"%[89a-f]|[\x80-\xff]", re.IGNORECASE)


class Bodies:
    """Reads every body once, at the door, before a view sees it."""

    def init_app(self, app: Flask) -> None:
        app.before_request(read_body)


def read_body() -> None:
    """400 on a body that is broken; NUL, lone surrogates and broken UTF-8 never reach a view."""
    refuse_broken(request.query_string)
    if request.method not in UNSAFE:
        return
    if request.mimetype == "multipart/form-data":
        read_parts()
    elif request.mimetype == "application/x-www-form-urlencoded":
        read_fields()
    replace_nul()


def read_parts() -> None:
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        abort(400)
    body = request.get_data(cache=True, parse_form_data=False)
    if f"--{boundary}--".encode() not in body:
        abort(400)  # cut off: the parser would hand over what it has, or nothing


def read_fields() -> None:
    """413 where the fields are longer than any form of ours: each escape in them costs memory to undo."""
    most = int(current_app.config["MAX_FORM_MEMORY_SIZE"])
    if (request.content_length or 0) > most or len(body := request.get_data(cache=True, parse_form_data=False)) > most:
        abort(413)
    refuse_broken(body)


def refuse_broken(raw: bytes) -> None:
    """400 where the percent-escapes are not UTF-8."""
    if not NOT_ASCII.search(raw):
        return
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        abort(400)


def replace_nul() -> None:
    """PostgreSQL keeps no NUL: in what was typed, a control stands for it, which text.py refuses beside its field."""
    fields = list(request.form.items(multi=True))
    if any(NUL in name for name, _value in fields):
        abort(400)
    if any(NUL in value for _name, value in fields):
        request.form = ImmutableMultiDict((name, value.replace(NUL, CONTROL)) for name, value in fields)
