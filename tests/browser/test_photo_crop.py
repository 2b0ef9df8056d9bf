"""A photograph is cut in the browser, by keys and by the camera, before it is sent."""

from io import BytesIO

from PIL import Image
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from eventapp.ground.db import db
from eventapp.registration.models import PHOTO, Upload
from tests.browser.site import Site

RED, BLUE = (220, 20, 20), (20, 20, 220)


def two_halves() -> dict[str, object]:
    """A picture that is wider than it is high: red on the left, blue on the right."""
    sheet = Image.new("RGB", (1200, 600), RED)
    sheet.paste(BLUE, (600, 0, 1200, 600))
    out = BytesIO()
    sheet.save(out, "PNG")
    return {"name": "me.png", "mimeType": "image/png", "buffer": out.getvalue()}


def newest() -> Image.Image:
    db.session.rollback()
    query = select(Upload.content).where(Upload.kind == PHOTO, Upload.replaced_at.is_(None)).order_by(Upload.id.desc())
    return Image.open(BytesIO(db.session.scalars(query.limit(1)).one())).convert("RGB")


def colours_of(picture: Image.Image) -> tuple[str, str]:
    """What is on the left and on the right of a picture."""
    names = []
    for x in (5, picture.width - 6):
        red, _green, blue = picture.getpixel((x, picture.height // 2))  # type: ignore[misc]
        names.append("red" if red > blue else "blue")
    return names[0], names[1]


def test_keys_move_and_size_what_is_sent(window: BrowserContext, demonstration: Site) -> None:
    page = window.new_page()
    page.goto(demonstration.address + demonstration.path_of("registration.photograph"))
    frame = page.get_by_role("application", name="Part of the picture that is sent")
    expect(frame).to_be_hidden()
    page.locator("#photo").set_input_files(two_halves())  # type: ignore[arg-type]
    expect(frame).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="What is in the frame is sent.")).to_be_visible()
    page.get_by_role("button", name="Send this photograph").click()
    page.wait_for_url(lambda url: not url.endswith("/photograph"))
    middle = newest()
    assert colours_of(middle) == ("red", "blue"), "the middle, where nobody moves it"

    page.goto(demonstration.address + demonstration.path_of("registration.photograph"))
    page.locator("#photo").set_input_files(two_halves())  # type: ignore[arg-type]
    expect(frame).to_be_visible()
    frame.focus()
    page.keyboard.press("+")
    for _time in range(30):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Send this photograph").click()
    page.wait_for_url(lambda url: not url.endswith("/photograph"))
    moved = newest()
    assert colours_of(moved) == ("blue", "blue")
    assert moved.height < middle.height, "a smaller part of the picture"


def test_the_camera_takes_one(window: BrowserContext, demonstration: Site) -> None:
    page = window.new_page()
    page.goto(demonstration.address + demonstration.path_of("registration.photograph"))
    page.set_viewport_size({"width": 1000, "height": 800})  # what a phone offers for a picture has the camera
    page.get_by_role("button", name="Use the camera").press("Enter")
    page.get_by_role("button", name="Take the picture").press("Enter")
    frame = page.get_by_role("application", name="Part of the picture that is sent")
    expect(frame).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Send this photograph").click()
    page.wait_for_url(lambda url: not url.endswith("/photograph"))
    kept = newest()
    assert abs(kept.width / kept.height - 35 / 45) < 0.01


def test_a_file_that_is_no_picture_is_left_to_the_server(window: BrowserContext, demonstration: Site) -> None:
    page = window.new_page()
    page.goto(demonstration.address + demonstration.path_of("registration.photograph"))
    page.locator("#photo").set_input_files({"name": "me.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7\n%%EOF"})
    page.get_by_role("button", name="Send this photograph").click()
    expect(page.locator("#photo-error")).to_contain_text("This file is none of them, whatever its name says.")
