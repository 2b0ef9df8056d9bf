"""The door in a real browser: a camera that sees a badge, a connection that fails, a browser without scripts."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, Route, expect
from sqlalchemy import select

from eventapp.badges.queries import code_of
from eventapp.checkin.models import Gate, Scan
from eventapp.ground import qr
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import STEWARD, Staff
from eventapp.registration.models import PENDING
from tests import make
from tests.browser.capture import broken
from tests.browser.site import Site, session_cookie
from tests.make_checkin import gate

PHONE = {"width": 360, "height": 720}


class Door(NamedTuple):
    """A door of its own, and one person who comes to it."""

    gate: Gate
    path: str
    reference: str
    code: str
    cookie: Any
    person_id: int


@pytest.fixture
def door(site: Site) -> Door:
    meeting = make.meeting()
    registration = make.registration(meeting, record_name="Anong Suksawat", own_name="อนงค์ สุขสวัสดิ์")
    opened = gate(meeting, "Main entrance")
    cookie = {"name": "session", "value": session_cookie(site.app, make.staff(meeting, STEWARD)), "url": site.address}
    path = f"{site.address}/meetings/{meeting.slug}/door"
    return Door(opened, path, registration.reference, code_of(registration), cookie, registration.person_id)


@pytest.fixture
def seeing(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[str], Page]]:
    """A browser whose camera sees the QR code of a text."""
    opened: list[Browser] = []

    def see(text: str) -> Page:
        film = tmp_path / "badge.y4m"
        film.write_bytes(filmed(text))
        arguments = [*browser_type_launch_args["args"], f"--use-file-for-fake-video-capture={film}"]
        opened.append(browser_type.launch(**{**browser_type_launch_args, "args": arguments}))
        context = opened[-1].new_context(viewport=PHONE, permissions=["camera"], locale="en-GB")  # type: ignore[arg-type]
        return context.new_page()

    yield see
    for browser in opened:
        browser.close()


def test_the_camera_reads_a_badge_and_then_the_same_again(seeing: Callable[[str], Page], door: Door) -> None:
    page = seeing(door.code)
    page.context.add_cookies([door.cookie])
    page.goto(door.path)

    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    expect(page.locator(".person .nm")).to_have_text("Anong Suksawat")
    expect(page.locator("[data-count=here]")).to_have_text("1")

    page.get_by_role("link", name="Next person").click()
    expect(page.get_by_role("heading", name="Already in")).to_be_visible()
    db.session.rollback()
    assert [scan.method for scan in scans(door)] == ["camera", "camera"]


@pytest.mark.parametrize("waits", [True, False])
def test_an_undone_badge_is_not_let_in_again_while_it_stays_in_front_of_the_camera(
    seeing: Callable[[str], Page], door: Door, waits: bool
) -> None:
    page = seeing(door.code)
    if not waits:  # the film stands still: as if the badge had been away
        broken(page.context, "check-in.js", "AWAY = 2_000", "AWAY = -1", feature="checkin")
    page.context.add_cookies([door.cookie])
    page.goto(door.path)
    with page.expect_navigation():
        page.get_by_role("button", name="Undo, wrong person").click()

    if waits:
        expect(page.get_by_role("status")).to_contain_text("Take this badge away from the camera")
        expect(page.locator("[data-count=here]")).to_have_text("0")
    else:
        expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    db.session.rollback()
    assert [scan.undone_at is None for scan in scans(door)] == ([False] if waits else [False, True])


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Somebody Else\nURL:https://example.org/somebody\nEND:VCARD"


def test_any_other_code_is_answered_like_a_strange_badge(seeing: Callable[[str], Page], door: Door) -> None:
    page = seeing(CARD)
    page.context.add_cookies([door.cookie])
    page.goto(door.path)

    expect(page.locator(".told")).to_contain_text("No badge of this meeting has this code")
    expect(page.locator(".told .num")).to_contain_text("Read: BEGIN:VCARD …")
    page.get_by_role("link", name="Next person").click()
    expect(page.locator(".told")).to_contain_text("No badge of this meeting has this code")


def test_without_a_connection_a_reading_is_kept_and_sent_later_once(context: BrowserContext, door: Door) -> None:
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)
    context.set_offline(True)
    page.get_by_label("Or type the number under the code").fill(door.reference)
    page.get_by_role("button", name="Check in").click()

    expect(page.locator(".verdict")).to_contain_text("Saved on this phone")
    expect(page.locator(".verdict")).to_contain_text(re.compile(r"\d\d:\d\d \(Bangkok, UTC\+7\)"))
    expect(page.get_by_role("heading", name="Scans that wait to be sent: 1")).to_be_visible()
    expect(page.locator("[data-count=to-send]")).to_have_text("1")
    expect(page.locator("[data-net=off]")).to_be_visible()
    assert scans(door) == []

    context.set_offline(False)
    expect(page.locator("[data-count=to-send]")).to_have_text("0")
    page.reload()
    expect(page.locator("[data-count=here]")).to_have_text("1")
    db.session.rollback()
    assert [scan.read for scan in scans(door)] == [door.reference]


@pytest.mark.parametrize("slow", [timedelta(hours=24), timedelta(hours=-3)])
def test_a_phone_s_wrong_clock_changes_no_time(context: BrowserContext, door: Door, slow: timedelta) -> None:
    """Read with a connection and without one: the first counts by the server's clock, the second is put right by it."""
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.clock.install(time=datetime.now(UTC) - slow)
    page.goto(door.path)
    for code, offline in ((door.code, False), (door.reference, True)):
        context.set_offline(offline)
        page.get_by_label("Or type the number under the code").fill(code)
        page.get_by_role("button", name="Check in").click()
        expect(page.locator(".verdict")).to_contain_text("Saved on this phone" if offline else "Welcome")
        page.get_by_role("link", name="Next person").click()
    context.set_offline(False)
    expect(page.locator("[data-count=to-send]")).to_have_text("0")

    db.session.rollback()
    live, kept = scans(door)
    assert live.scanned_at == live.received_at
    assert timedelta() <= kept.received_at - kept.scanned_at < timedelta(minutes=5)


def test_what_was_kept_by_somebody_whose_role_has_ended_goes_to_the_organizers(
    context: BrowserContext, door: Door
) -> None:
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)
    context.set_offline(True)
    page.get_by_label("Or type the number under the code").fill(door.reference)
    page.get_by_role("button", name="Check in").click()
    expect(page.locator(".verdict")).to_contain_text("Saved on this phone")
    with transaction():
        db.session.query(Staff).filter_by(meeting_id=door.gate.meeting_id).one().ended_at = make.TODAY

    context.set_offline(False)
    expect(page.get_by_role("heading", name="You are no longer a steward of this door")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Handed over: 1 · Still on this phone: 0")
    db.session.rollback()
    assert [(scan.verdict, scan.read) for scan in scans(door)] == [("held", door.reference)]
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Handed over: 0 · Still on this phone: 0")


def test_who_was_kept_without_a_connection_and_is_refused_later_is_told(context: BrowserContext, door: Door) -> None:
    strange = make.registration(door.gate.meeting, record_name="Li Wenjing", state=PENDING)
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)
    context.set_offline(True)
    for code in (door.reference, strange.reference):
        page.get_by_label("Or type the number under the code").fill(code)
        page.get_by_role("button", name="Check in").click()
        expect(page.locator(".verdict")).to_contain_text("Saved on this phone")
        page.get_by_role("link", name="Next person").click()
    late = page.get_by_role("region", name="Read without a connection, and refused now")
    expect(late).to_have_count(0)

    context.set_offline(False)
    expect(late.get_by_role("listitem")).to_have_text(
        [f"Li Wenjing · {strange.reference} · Registration is not approved"]
    )


def test_a_connection_that_only_hangs_counts_as_none(context: BrowserContext, door: Door) -> None:
    broken(context, "check-in.js", "PATIENCE = 10_000", "PATIENCE = 1", feature="checkin")
    context.add_cookies([door.cookie])
    page, hanging = context.new_page(), list[Route]()
    page.goto(door.path)
    page.route("**/scans", lambda route: route.continue_() if hanging else hanging.append(route))
    page.get_by_label("Or type the number under the code").fill(door.reference)
    page.get_by_role("button", name="Check in").click()
    expect(page.locator(".verdict")).to_contain_text("Saved on this phone")
    for route in hanging:  # none, where the page gave up before the browser had asked anybody
        route.abort()


def test_a_typed_number_shows_in_place_whose_it_is_and_the_steward_decides(context: BrowserContext, door: Door) -> None:
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)
    page.get_by_label("Or type the number under the code").fill(door.reference)
    page.get_by_role("button", name="Check in").click()

    expect(page.get_by_role("heading", name="Is it this person?")).to_be_visible()
    expect(page.locator(".person .nm")).to_have_text("Anong Suksawat")
    assert scans(door) == []
    page.get_by_role("button", name="Check in").click()

    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    assert page.url == door.path

    page.get_by_role("button", name="Undo, wrong person").click()
    expect(page.get_by_role("status").first).to_contain_text("Anong Suksawat")
    expect(page.locator("[data-count=here]")).to_have_text("0")


def test_a_name_typed_where_the_number_goes_is_looked_for(context: BrowserContext, door: Door) -> None:
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)
    page.get_by_label("Or type the number under the code").fill("anong suks")
    page.get_by_role("button", name="Check in").click()

    expect(page.get_by_label("Name in either script")).to_have_value("anong suks")
    expect(page.get_by_role("listitem")).to_contain_text("Anong Suksawat")


def test_the_words_of_every_verdict_are_on_the_page_already(context: BrowserContext, door: Door) -> None:
    make.role(make.session(door.gate.meeting, code="S5"), person_id=door.person_id)
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)

    def read(code: str) -> None:
        page.get_by_label("Or type the number under the code").fill(code)
        page.get_by_role("button", name="Check in").click()

    read(door.code)
    told = page.locator(".told")
    expect(told).to_contain_text("Let in · ")
    expect(told.locator(".own bdi")).to_have_attribute("lang", "th")
    expect(told.locator(".note")).to_contain_text("Has a role in S5 at")
    expect(told.locator(".class-mark rect")).to_have_attribute("fill", "#123f7a")
    expect(told.get_by_role("link", name="Badge lost")).to_have_count(0)
    page.get_by_role("link", name="Next person").click()

    read(door.code)
    expect(told).to_contain_text("(Bangkok, UTC+7) · Main entrance · Steward")
    page.get_by_role("link", name="Came back, let in").click()

    read("nobody-7")
    expect(told).to_contain_text("No badge of this meeting has this code")
    expect(told).to_contain_text("Please say: “I cannot read this badge.")
    expect(told.locator(".num")).to_have_text("Read: nobody-7")
    expect(told.locator(".person p")).to_have_count(2)


def test_the_door_works_without_scripts(browser: Browser, site: Site, door: Door) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
    context.add_cookies([door.cookie])
    page = context.new_page()
    page.goto(door.path)
    page.get_by_role("link", name="Find by name").click()
    page.get_by_label("Name in either script, or delegation").fill("สุขสวัสดิ์")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Check in").click()

    expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
    page.get_by_role("link", name="Next person").click()
    expect(page.get_by_label("Or type the number under the code")).to_be_visible()
    context.close()


def filmed(text: str) -> bytes:
    """A film in YUV4MPEG2 of a badge's code, held still in front of a white wall."""
    wall = Image.new("L", (640, 480), 235)
    code = Image.open(BytesIO(qr.png(text, scale=10))).convert("L").point(lambda light: 16 + light * 219 // 255)
    wall.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    picture = wall.tobytes() + bytes([128]) * (320 * 240 * 2)
    return b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + picture) * 3


def scans(door: Door) -> list[Scan]:
    return list(db.session.scalars(select(Scan).where(Scan.gate_id == door.gate.id).order_by(Scan.id)))
