"""The list that a phone decides by: sealed, small, the same where nothing changed; and the same answers as the server's."""

import hmac
import json
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask

from eventapp.badges.actions import issue, reissue
from eventapp.badges.queries import badges_of, code_of
from eventapp.checkin.models import REFUSED, WELCOME, Gate
from eventapp.checkin.offline.queries import A_PAGE
from eventapp.checkin.offline.sealing import LENGTH, NAME, NONCE, name_of, sealed
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.meetings.models import ORGANIZER, STEWARD, Meeting
from eventapp.registration.entry import entry_code
from eventapp.registration.models import WITHDRAWN, Registration
from tests import make, make_checkin
from tests.browserless import PageClient
from tests.checkin.offline.cases import CASES, Case, built

AT = make.TODAY


@pytest.fixture(autouse=True)
def on_the_first_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registrations are numbered from 1 again, however many the tests before this one made."""
    monkeypatch.setattr(make, "_number", count(1))


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def door(meeting: Meeting) -> Gate:
    return make_checkin.gate(meeting, "North")


@pytest.fixture
def steward(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, STEWARD))


def lines_in(page: bytes) -> dict[bytes, bytes]:
    """What is sealed, by the name of its line."""
    found, at = {}, 0
    while at < len(page):
        start = at + NAME + LENGTH
        end = start + int.from_bytes(page[at + NAME : start], "big")
        found[page[at : at + NAME]] = page[start:end]
        at = end
    return found


def opened(page: bytes, code: str, meeting_id: int) -> Any:
    """What the holder of a badge can read of a page; None where nothing stands there for them."""
    name = name_of(code, meeting_id)
    content = lines_in(page).get(name)
    if content is None:
        return None
    key = hmac.digest(code.encode(), b"eventapp door key %d" % meeting_id, "sha256")
    return json.loads(AESGCM(key).decrypt(content[:NONCE], content[NONCE:], name))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_server_answers_as_the_table_says(meeting: Meeting, case: Case) -> None:
    gate, code = built(case, meeting, AT)
    found = make_checkin.scanned(gate, code, method="camera", at=AT)
    assert (found.verdict, found.reason) == (REFUSED if case.reason else WELCOME, case.reason)


def test_a_badge_opens_its_own_line_and_no_other(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    one = make.registration(meeting, record_name="Anong Suksawat", own_name="อนงค์ สุขสวัสดิ์")
    other = make.registration(meeting, record_name="Li Wenjing")
    with transaction():
        issue(one, by=None, at=AT)
    page = steward.get("/meetings/spring/door/list/0").data

    facts = opened(page, code_of(one), meeting.id)
    assert (facts["name"]["text"], facts["own"]["lang"], facts["state"], facts["reference"]) == (
        "Anong Suksawat", "th", "approved", one.reference,
    )  # fmt: skip
    assert opened(page, entry_code(other), meeting.id)["name"]["text"] == "Li Wenjing"
    assert opened(page, "0" * 20, meeting.id) is None
    name = name_of(entry_code(other), meeting.id)
    key = hmac.digest(code_of(one).encode(), b"eventapp door key %d" % meeting.id, "sha256")
    with pytest.raises(InvalidTag):
        AESGCM(key).decrypt(lines_in(page)[name][:NONCE], lines_in(page)[name][NONCE:], name)


def test_nothing_readable_is_in_it(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    one = make.registration(meeting, record_name="Anong Suksawat")
    everything = steward.get("/meetings/spring/door/list/0").data + steward.get("/meetings/spring/door/G1/list").data
    for words in ("Anong", one.reference, code_of(one), one.delegation.name):
        assert words.encode() not in everything
    assert list(lines_in(steward.get("/meetings/spring/door/list/0").data)) == sorted(
        lines_in(steward.get("/meetings/spring/door/list/0").data)
    )


def test_a_line_is_padded_so_that_its_length_tells_nearly_nothing() -> None:
    lengths = {len(sealed("A" * 20, 1, {"name": "x" * letters})) for letters in range(1, 40)}
    assert len(lengths) == 1
    assert sealed("A" * 20, 1, {"name": "x"}) == sealed("A" * 20, 1, {"name": "x"})
    assert sealed("A" * 20, 1, {"name": "x"}) != sealed("A" * 20, 2, {"name": "x"})


def test_a_badge_that_was_replaced_is_on_it_and_so_is_the_new_one(
    steward: PageClient, meeting: Meeting, door: Gate
) -> None:
    one = make.registration(meeting)
    with transaction():
        issue(one, by=None, at=AT)
        reissue(one, "lost", by=None, at=AT)
    page = steward.get("/meetings/spring/door/list/0").data
    new, old = badges_of(one)
    assert [opened(page, badge.code, meeting.id).get("replaced", False) for badge in (new, old)] == [False, True]


def test_a_page_is_sent_again_only_where_somebody_on_it_changed(
    steward: PageClient, meeting: Meeting, door: Gate
) -> None:
    one = make.registration(meeting)
    first = steward.get("/meetings/spring/door/list/0")
    known = {"If-None-Match": first.headers["ETag"]}
    assert steward.get("/meetings/spring/door/list/0", headers=known).status_code == 304
    with transaction():
        one.state = WITHDRAWN
    assert steward.get("/meetings/spring/door/list/0", headers=known).status_code == 200


def test_the_head_names_the_pages_and_the_rule_and_nobody(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    make.registration(meeting, number=A_PAGE)
    assert len(steward.get("/meetings/spring/door/G1/list").get_json()["pages"]) == 1
    last = make.registration(meeting, number=A_PAGE + 1)
    head = steward.get("/meetings/spring/door/G1/list").get_json()
    assert head["pages"] == ["/meetings/spring/door/list/0", "/meetings/spring/door/list/1"]
    assert (head["gate"]["zone"], head["gate"]["session"]) == (meeting.zone, None)
    assert head["reasons"]["withdrawn"]["why"] == "Registration was withdrawn"
    assert opened(steward.get(head["pages"][1]).data, code_of(last), meeting.id)["reference"] == last.reference
    assert steward.get("/meetings/spring/door/list/2").status_code == 404


def test_who_came_in_is_known_by_the_names_of_lines(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    one, other, refused = (make.registration(meeting) for _each in range(3))
    for each in (one, other, refused):
        with transaction():
            issue(each, by=None, at=AT)
    with transaction():
        refused.state = WITHDRAWN
    at = now()
    for each in (one, refused):
        make_checkin.scanned(door, code_of(each), method="camera", at=at)
    make_checkin.scanned(door, code_of(other), method="camera", at=at - timedelta(days=1))

    answer = steward.get("/meetings/spring/door/G1/list/came")
    assert answer.data == name_of(code_of(one), meeting.id)[:8] + int(at.timestamp()).to_bytes(4, "big")
    after = steward.get(f"/meetings/spring/door/G1/list/came?after={answer.headers['X-Last']}")
    assert (after.data, after.headers["X-Last"]) == (b"", answer.headers["X-Last"])


@pytest.mark.parametrize("path", ["G1/list", "list/0", "G1/list/came", "G1/door.webmanifest"])
def test_only_who_keeps_this_door_gets_it(client: PageClient, meeting: Meeting, door: Gate, path: str) -> None:
    make.registration(meeting)
    client.sign_in(make.staff(make.meeting(), ORGANIZER))
    assert client.get(f"/meetings/spring/door/{path}").status_code == 404
    client.sign_in(make.staff(meeting, STEWARD))
    assert client.get(f"/meetings/spring/door/{path}").status_code == 200


def test_a_phone_can_install_the_gate(steward: PageClient, meeting: Meeting, door: Gate) -> None:
    page = steward.get("/meetings/spring/door")
    assert 'rel="manifest" href="/meetings/spring/door/G1/door.webmanifest"' in page.text
    manifest = steward.get("/meetings/spring/door/G1/door.webmanifest").get_json(force=True)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (
        "/meetings/spring/door?gate=G1", "/meetings/spring/door", "standalone",
    )  # fmt: skip
    assert steward.get(manifest["icons"][0]["src"]).status_code == 200


def test_the_code_of_a_letter_stands_for_the_first_badge_with_a_key_of_before_too(
    app: Flask, steward: PageClient, meeting: Meeting, door: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    one: Registration = make.registration(meeting)
    before = entry_code(one)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, as long as one has to be")
    steward.sign_in(make.staff(meeting, STEWARD))
    page = steward.get("/meetings/spring/door/list/0").data
    assert {opened(page, code, meeting.id)["reference"] for code in (before, entry_code(one))} == {one.reference}
