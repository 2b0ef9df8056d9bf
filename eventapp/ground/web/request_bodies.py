"""What comes in: a body that cannot be read is refused, never taken for an empty form, and no number is too large."""

import re
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.http import parse_date
from werkzeug.routing import IntegerConverter

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
DATED = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")
LARGEST = 2**31 - 1  # the number of a row, on every database
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
NUL, CONTROL, NO_LETTER = "\0", "\1", "\ufffd"
NOT_ASCII = re.compile(rb"%[89a-f]|[\x80-\xff]", re.IGNORECASE)


class Number(IntegerConverter):
    """The number in an address. One that no row can have leads nowhere: SQLite breaks at what it cannot hold."""

    def __init__(self, *given: Any, **limits: Any) -> None:  # as Werkzeug gives them
        super().__init__(*given, **{"max": LARGEST, **limits})


class Bodies:
    """Reads every body once, at the door, before a view sees it."""

    def init_app(self, app: Flask) -> None:
        app.url_map.converters["int"] = Number
        app.before_request(read_body)
        app.before_request(ignore_dates)


def ignore_dates() -> None:
    """Take out of the request a date of no calendar (a zone of 99999999999999), as RFC 9110, 13.1.3 has it.

    Werkzeug passes over other unreadable dates itself; at these it breaks.
    """
    for name in DATED:
        try:
            parse_date(request.environ.get(name))
        except OverflowError:
            del request.environ[name]


def read_body() -> None:
    """400 on a body that is broken, 415 on one that is no form; NUL, lone surrogates and broken UTF-8 reach no view.

    404 on an address with NUL, which PostgreSQL cannot be asked for.
    """
    if NUL in request.path:
        abort(404)
    refuse_broken(request.query_string)
    if request.method not in UNSAFE or takes_any(request.endpoint):
        return
    if request.mimetype == "multipart/form-data":
        read_parts()
    elif request.mimetype == "application/x-www-form-urlencoded":
        read_fields()
    elif request.get_data(cache=True, parse_form_data=False):
        abort(415)  # JSON, say: a view would take it for an empty form
    replace_nul()


def takes_any(endpoint: str | None) -> bool:
    """Whether the view behind this reads its body itself."""
    return bool(endpoint) and hasattr(current_app.view_functions[str(endpoint)], "reads_body")


def read_parts() -> None:
    """400 where a part is missing, has no name or is not UTF-8: the parser would hand over what it made of it."""
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        abort(400)
    body = request.get_data(cache=True, parse_form_data=False)
    if not is_whole(body, boundary):
        abort(400)
    files = [name for name, _file in request.files.items(multi=True)]
    if not are_its_parts(list(request.form.items(multi=True)), files, body, boundary):
        abort(400)


def is_whole(body: bytes, boundary: str) -> bool:
    """Whether this begins and ends as parts do: of anything else the parser hands over what it has, or nothing."""
    mark = f"--{boundary}".encode()
    return body.lstrip(b"\r\n").startswith(mark) and mark + b"--" in body


def are_its_parts(fields: list[tuple[str, str]], files: list[str], body: bytes, boundary: str) -> bool:
    """Whether the parser read every part of this, each by its name, and put nothing in the place of broken UTF-8."""
    length = body.count(f"--{boundary}".encode()) - 1  # the last one is the end
    names = [*(name for name, _value in fields), *files]
    if len(names) != length or not all(names):
        return False
    words = {word for field in fields for word in field} | set(files)
    return not any(NO_LETTER in word and word.encode() not in body for word in words)


def read_fields() -> None:
    """413 where they are longer than any form of ours: an escape costs memory to undo. 400 where the end is missing."""
    most = int(current_app.config["MAX_FORM_MEMORY_SIZE"])
    length = request.content_length or 0
    if length > most or len(body := request.get_data(cache=True, parse_form_data=False)) > most:
        abort(413)
    if len(body) < length:
        abort(400)  # the line was cut: an address would lack its end, and be taken for one
    refuse_broken(body)


def refuse_broken(raw: bytes) -> None:
    """400 where the percent-escapes are not UTF-8."""
    if is_broken(raw):
        abort(400)


def is_broken(raw: bytes) -> bool:
    """Whether the percent-escapes in this are not UTF-8."""
    if not NOT_ASCII.search(raw):
        return False
    try:
        unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return True
    return False


def replace_nul() -> None:
    """PostgreSQL keeps no NUL: in what was typed, a control stands for it, which text.py refuses beside its field."""
    fields = list(request.form.items(multi=True))
    if any(NUL in name for name, _value in fields):
        abort(400)
    if any(NUL in value for _name, value in fields):
        request.form = ImmutableMultiDict((name, value.replace(NUL, CONTROL)) for name, value in fields)
