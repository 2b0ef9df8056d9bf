"""What comes in at the door and what every answer says, over the real app."""

from io import BytesIO

import pytest
from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter

from eventapp.ground.web.access import for_anyone
from tests import make
from tests.browserless import PageClient

BROKEN_MULTIPART = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n'


@pytest.fixture
def client(fresh_app: Flask, client: PageClient) -> PageClient:
    """A client of the app with one plain form."""

    @fresh_app.route("/echo", methods=["GET", "POST"])
    @for_anyone
    def echo() -> str:
        return f"<!doctype html><html lang=en><title>Echo</title><h1>{len(request.form)}</h1></html>"

    @fresh_app.get("/broken")
    @for_anyone
    def broken() -> str:
        abort(500)

    fresh_app.config["WTF_CSRF_ENABLED"] = False
    client.lint = False
    return client


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (BROKEN_MULTIPART, "multipart/form-data; boundary=x"),
        (BROKEN_MULTIPART, "multipart/form-data"),
        (b"rubbish--x--", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\nAda\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\nAda\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (BROKEN_MULTIPART + b"--x\r\n\r\nAda\r\n--x--\r\n", "multipart/form-data; boundary=x"),
        (BROKEN_MULTIPART.replace(b"Ada", b"\xff") + b"--x--\r\n", "multipart/form-data; boundary=x"),
        (BROKEN_MULTIPART.replace(b'"name"', b'"na\xffme"') + b"--x--\r\n", "multipart/form-data; boundary=x"),
        (b"name=%ff", "application/x-www-form-urlencoded"),
        (b"name=\xff", "application/x-www-form-urlencoded"),
        (b"na%00me=a", "application/x-www-form-urlencoded"),
        (b"name=%ed%a0%80", "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(client: PageClient, body: bytes, kind: str) -> None:
    assert client.post("/echo", data=body, content_type=kind, csrf=False).status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", None])
def test_what_is_no_form_is_never_an_empty_one(client: PageClient, kind: str | None) -> None:
    assert client.post("/echo", data=b'{"name": "Ada"}', content_type=kind, csrf=False).status_code == 415
    assert client.post("/echo", content_type=kind, csrf=False).status_code == 200  # nothing was sent


@pytest.mark.parametrize("typed", ["Ada", "\ufffd", "a\r\nb", ""])
def test_a_body_that_can_be_read_is_read(client: PageClient, typed: str) -> None:
    whole = BROKEN_MULTIPART.replace(b"Ada", typed.encode()) + b"--x--\r\n"
    answer = client.post("/echo", data=whole, content_type="multipart/form-data; boundary=x", csrf=False)
    assert (answer.status_code, "<h1>1</h1>" in answer.text) == (200, True)


def test_files_are_parts_too(client: PageClient) -> None:
    files = {"name": "Ada", "photo": (BytesIO(b"\xff\xef\xbf\xbd"), "a.jpg"), "letter": (BytesIO(), "")}
    answer = client.post("/echo", data=files, content_type="multipart/form-data", csrf=False)
    assert (answer.status_code, "<h1>1</h1>" in answer.text) == (200, True)


def test_too_many_parts_are_too_much(app: Flask, client: PageClient) -> None:
    most = app.config["MAX_FORM_PARTS"]
    parts = b"".join(b'--x\r\nContent-Disposition: form-data; name="n"\r\n\r\n1\r\n' for _ in range(most + 1))
    answer = client.post("/echo", data=parts + b"--x--\r\n", content_type="multipart/form-data; boundary=x", csrf=False)
    assert answer.status_code == 413


@pytest.mark.parametrize("fields", [b"%" * 600_000, b"name=" + b"%41" * 200_000, b"&" * 600_000])
@pytest.mark.parametrize("length", ["told", "untold"])
def test_fields_longer_than_any_form_are_too_much(client: PageClient, fields: bytes, length: str) -> None:
    """Undoing the escapes of 12 MB took a worker half a minute and two gigabytes."""
    how: dict[str, object] = {"data": fields}
    if length == "untold":  # sent in chunks
        how = {"input_stream": BytesIO(fields), "environ_overrides": {"wsgi.input_terminated": True}}
    answer = client.post("/echo", content_type="application/x-www-form-urlencoded", csrf=False, **how)
    assert answer.status_code == 413


@pytest.mark.parametrize("missing", [1, 30])
def test_a_form_whose_line_was_cut_is_refused(client: PageClient, missing: int) -> None:
    fields = b"email=ada@example.or"
    told = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(fields) + missing)}  # as the web server has it
    answer = client.post(
        "/echo",
        input_stream=BytesIO(fields),
        environ_overrides=told,
        content_type="application/x-www-form-urlencoded",
        csrf=False,
    )
    assert answer.status_code == 400


def test_a_broken_query_is_refused(client: PageClient) -> None:
    assert client.get("/echo?name=%ff").status_code == 400


def test_without_its_token_a_form_changes_nothing(app: Flask, client: PageClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/echo", data={"name": "Ada"}, csrf=False).status_code == 400
    assert client.post("/echo", data={"name": "Ada"}).status_code == 200


@pytest.mark.parametrize("path", ["/echo", "/nowhere", "/broken"])
def test_every_answer_carries_the_headers(client: PageClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]

    assert "unsafe" not in policy and "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store, private"
    assert "Strict-Transport-Security" not in headers


def test_over_https_browsers_are_told_to_stay_there(app: Flask, client: PageClient) -> None:
    app.config["BASE_URL"] = "https://meetings.example.org"
    assert client.get("/echo").headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_header_cannot_move_the_address_of_a_visitor(app: Flask, client: PageClient) -> None:
    @app.get("/host")
    @for_anyone
    def host() -> str:
        return f"{request.remote_addr} {request.scheme}"

    forged = {"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9", "X-Forwarded-Proto": "https"}
    assert client.get("/host", headers=forged).text == "127.0.0.1 http"


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "PUT", "DELETE"])
def test_other_methods_are_not_allowed(client: PageClient, method: str) -> None:
    assert client.open("/echo", method=method).status_code == 405


@pytest.mark.parametrize("path", ["/meetings/spring?day=1", "/meetings//spring/?day=1"])
def test_an_address_is_completed_on_this_site_whatever_host_was_asked_for(client: PageClient, path: str) -> None:
    answer = client.open(path, headers={"Host": "elsewhere.example", "X-Forwarded-Host": "elsewhere.example"})
    assert (answer.status_code, answer.location) == (308, "/meetings/spring/?day=1")


@pytest.mark.parametrize("name", ["If-Modified-Since", "If-Unmodified-Since", "If-Range"])
@pytest.mark.parametrize("zone", ["+99999999999999", "-99999999999999"])
def test_a_date_of_no_calendar_is_ignored(client: PageClient, name: str, zone: str) -> None:
    headers = {name: f"Mon, 01 Jan 2024 00:00:00 {zone}", "Range": "bytes=0-3"}
    for path in ("/static/house/base.css", "/"):
        with client.get(path, headers=headers) as answer:
            assert answer.status_code in (200, 206)


def test_no_address_takes_a_number_that_no_row_can_have(app: Flask, client: PageClient) -> None:
    converters = [one for rule in app.url_map.iter_rules() for one in rule._converters.values()]
    numbers = [one for one in converters if isinstance(one, IntegerConverter)]
    assert numbers
    assert [one for one in numbers if one.max is None or one.max >= 2**31] == []

    client.sign_in(make.administrator())
    meeting = make.meeting()
    for number in (2**31 - 1, 2**31, 10**20):
        assert client.get(f"/meetings/{meeting.slug}/manage/letters/{number}").status_code == 404
