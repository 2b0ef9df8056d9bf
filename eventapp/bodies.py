"""What comes in: a body that cannot be read is refused, never taken for an empty form."""

from flask import Flask, abort, request
from werkzeug.datastructures import ImmutableMultiDict

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
NUL, CONTROL = "\0", "\1"


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
        refuse_broken(request.get_data(cache=True, parse_form_data=False))
    replace_nul()


def read_parts() -> None:
    boundary = request.mimetype_params.get("boundary")
    if not boundary:
        abort(400)
    body = request.get_data(cache=True, parse_form_data=False)
    if f"--{boundary}--".encode() not in body:
        abort(400)  # cut off: the parser would hand over what it has, or nothing


def refuse_broken(raw: bytes) -> None:
    """400 where the percent-escapes are not UTF-8."""
    if raw.isascii() and b"%" not in raw:
        return
    try:
        unescape(raw).decode()
    except UnicodeDecodeError:
        abort(400)


def unescape(raw: bytes) -> bytes:
    head, *rest = raw.split(b"%")
    pieces = [head]
    for piece in rest:
        try:
            pieces.append(bytes([int(piece[:2], 16)]) + piece[2:])
        except ValueError:
            pieces.append(b"%" + piece)
    return b"".join(pieces)


def replace_nul() -> None:
    """PostgreSQL keeps no NUL: in what was typed, a control stands for it, which text.py refuses beside its field."""
    fields = list(request.form.items(multi=True))
    if any(NUL in name for name, _value in fields):
        abort(400)
    if any(NUL in value for _name, value in fields):
        request.form = ImmutableMultiDict((name, value.replace(NUL, CONTROL)) for name, value in fields)
