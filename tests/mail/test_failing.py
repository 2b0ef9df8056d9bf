"""Letters that come back: what a mail server says, and what becomes of it."""

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.ground.db import db, transaction
from eventapp.mail.failing.actions import mark_failing
from eventapp.mail.failing.models import FailingAddress
from eventapp.mail.failing.reports import Bounce, UnreadableError, bounces_in_report
from eventapp.mail.sending import delivery
from eventapp.people.actions import know
from eventapp.people.sign_in.actions import make_sign_in_link, sign_in_by_link
from tests import make
from tests.browserless import PageClient
from tests.mail.smtp import PostOffice, open_office
from tests.make_mail import letter

pytestmark = pytest.mark.usefixtures("app")
TOKEN = "tokens-for-tests-0123456789"

# As Postfix 3.7 writes one, with the letter itself left out (RFC 3464; RFC 3462 for the outer form).
REPORT = b"""\
Date: Tue,  4 Oct 2016 09:00:00 +0700 (+07)
From: MAILER-DAEMON@mail.example.org (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: meetings@example.org
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B0/mail.example.org"

--B0/mail.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B0/mail.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
X-Postfix-Queue-ID: B0

Final-Recipient: rfc822; forwarded@example.net
Original-Recipient: rfc822;Ada@Example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 <forwarded@example.net>: Recipient address rejected:
    User unknown in local recipient table

Final-Recipient: rfc822; slow@example.org
Action: delayed
Status: 4.4.1
Diagnostic-Code: smtp; connect to mx.example.org: Connection timed out

Final-Recipient: rfc822; blocked@example.org
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp; 550 5.7.1 Our policy refuses this host

Final-Recipient: rfc822; plain@example.org
Action: failed
Status: 5.2.1

--B0/mail.example.org--
"""


def failing() -> dict[str, str]:
    db.session.expire_all()
    return {row.address: row.reason for row in db.session.scalars(select(FailingAddress))}


def test_a_report_names_who_gets_no_letters() -> None:
    reason = "550 5.1.1 <forwarded@example.net>: Recipient address rejected: User unknown in local recipient table"
    assert bounces_in_report(REPORT) == [Bounce("Ada@Example.org", reason), Bounce("plain@example.org", "5.2.1")]


@pytest.mark.parametrize("content", [b"", b"Subject: Out of office\n\nBack on Monday.", b"\xff\x00" * 50])
def test_what_is_no_report_is_not_read(content: bytes) -> None:
    with pytest.raises(UnreadableError):
        bounces_in_report(content)


def test_the_hook_takes_a_report(app: Flask, client: PageClient) -> None:
    app.config["MAIL_REPORTS_TOKEN"] = TOKEN
    head = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "message/rfc822"}
    for _once_more in range(2):
        answer = client.post("/mail/reports", data=REPORT, headers=head)
        assert (answer.status_code, answer.text) == (200, "2\n")
    assert set(failing()) == {"ada@example.org", "plain@example.org"}


def test_the_hook_takes_a_list(app: Flask, client: PageClient) -> None:
    app.config["MAIL_REPORTS_TOKEN"] = TOKEN
    head = {"Authorization": f"Bearer {TOKEN}"}
    failures = [{"address": " Ada@example.org ", "reason": "550\nNo such user"}, {"address": "a, b", "reason": ""}]
    assert client.post("/mail/reports", json={"failures": failures}, headers=head).text == "1\n"
    assert failing() == {"ada@example.org": "550 No such user"}


@pytest.mark.parametrize("content", [{}, [], {"failures": 1}, {"failures": [{"address": 3, "reason": "x"}]}, "x"])
def test_a_list_in_another_form_changes_nothing(app: Flask, client: PageClient, content: object) -> None:
    app.config["MAIL_REPORTS_TOKEN"] = TOKEN
    answer = client.post("/mail/reports", json=content, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, failing()) == (400, {})
    assert answer.text.startswith('Write {"failures": [')


@pytest.mark.parametrize(("token", "shown"), [(TOKEN, f"Bearer {TOKEN}x"), (TOKEN, ""), ("", "Bearer "), ("", "")])
def test_nobody_else_reports(app: Flask, client: PageClient, token: str, shown: str) -> None:
    app.config["MAIL_REPORTS_TOKEN"] = token
    answer = client.post("/mail/reports", data=REPORT, headers={"Authorization": shown})
    assert (answer.status_code, failing()) == (404, {})


def test_the_command_reads_a_report_from_a_pipe(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert run(args=["mail", "report"], input=REPORT).output == "2 addresses do not take letters.\n"
    assert set(failing()) == {"ada@example.org", "plain@example.org"}
    answer = run(args=["mail", "report"], input=b"Subject: hello\n\nhello")
    assert (answer.exit_code, answer.output.startswith("Error: This is no report of a mail server")) == (1, True)


@pytest.mark.parametrize(
    ("answer", "marks"),
    [("550 5.1.1 No such user", True), ("550 No such user", True), ("550 5.7.1 Refused", False), ("451 Later", False)],
)
def test_an_address_that_the_server_refuses_fails(app: Flask, answer: str, marks: bool) -> None:
    with open_office(PostOffice(at_rcpt=lambda _office, _to: answer)) as office:
        app.extensions["mail"].port = office.port
        refused = letter().to
        delivery.deliver()
    assert failing() == ({refused: f"the mail server answered {answer}"} if marks else {})


def test_who_signs_in_by_a_letter_gets_letters() -> None:
    with transaction():
        ada = know("Ada Byron", "ada@example.org", at=make.TODAY)
        mark_failing([Bounce("ada@example.org", "550 No such user")], at=make.TODAY)
        link = make_sign_in_link(ada, at=make.TODAY)
    with transaction():
        sign_in_by_link(link, browser="", at=make.TODAY)
    assert failing() == {}
