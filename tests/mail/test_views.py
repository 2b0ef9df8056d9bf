import pytest
from flask import Flask

from eventapp.ground.db import transaction
from eventapp.mail.actions import enclose, post
from eventapp.mail.compose import compose
from eventapp.mail.models import Letter
from tests import make
from tests.browserless import PageClient


@pytest.fixture
def received(app: Flask) -> Letter:
    app.config["DEVELOPMENT"] = True
    letter = compose(
        "people/mail/sign_in.txt",
        to="ada@example.org",
        to_name="Ada",
        link="abc",
        code="123456",
        picture="qr",
        picture_words="QR",
    )
    enclose(letter, "qr.png", b"\x89PNG", "image/png", content_id="qr")
    enclose(letter, "page.html", b"<script>", "text/html")
    with transaction():
        post(letter, at=make.TODAY)
    return letter


def test_development_reads_what_was_written(client: PageClient, received: Letter) -> None:
    number = received.id
    assert received.subject in client.get("/mailbox").text
    page = client.get(f"/mailbox/{number}").text
    assert 'href="http://localhost/sign-in/abc"' in page
    assert f'sandbox src="/mailbox/{number}/html"' in page


def test_the_html_part_is_shown_in_a_box(client: PageClient, received: Letter) -> None:
    number, picture = received.id, received.enclosures[0].id
    answer = client.get(f"/mailbox/{number}/html")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert f'src="/mailbox/{number}/files/{picture}"' in answer.text


def test_a_file_is_never_a_page(client: PageClient, received: Letter) -> None:
    client.lint = False
    picture, page = received.enclosures
    answer = client.get(f"/mailbox/{received.id}/files/{page.id}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="page.html"'
    assert client.get(f"/mailbox/{received.id}/files/{picture.id}").mimetype == "image/png"
    assert client.get(f"/mailbox/999/files/{picture.id}").status_code == 404
    assert client.get(f"/mailbox/{received.id}/files/999").status_code == 404


def test_there_is_no_mailbox_outside_development(app: Flask, client: PageClient, received: Letter) -> None:
    app.config["DEVELOPMENT"] = False
    number, picture = received.id, received.enclosures[0].id
    for page in ("", f"/{number}", f"/{number}/html", f"/{number}/files/{picture}"):
        assert client.get(f"/mailbox{page}").status_code == 404


def test_an_empty_mailbox_says_how_it_fills(app: Flask, client: PageClient) -> None:
    app.config["DEVELOPMENT"] = True
    assert "No email yet" in client.get("/mailbox").text
