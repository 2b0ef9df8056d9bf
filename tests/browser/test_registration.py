"""The registration form on a phone: what is asked of whom, and in what form the answers go to the server."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site

PHONE = {"width": 360, "height": 740}


def test_only_those_who_come_for_a_state_are_asked_which(context: BrowserContext, demonstration: Site) -> None:
    page = context.new_page()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(demonstration.address + demonstration.path_of("registration.new"))
    state, place = page.get_by_label("Member, associate member"), page.get_by_role("group", name="Your place in the")
    expect(state).to_be_visible()  # nobody has said anything yet
    page.get_by_label("Civil society").check()
    expect(state).to_be_hidden()
    expect(place).to_be_hidden()
    page.get_by_label("Member State").check()
    expect(state).to_be_visible()
    expect(place).to_be_visible()


def test_answers_go_in_parts_only_where_a_file_goes_with_them(context: BrowserContext, demonstration: Site) -> None:
    page = context.new_page()
    page.goto(demonstration.address + demonstration.path_of("registration.new"))
    page.get_by_label("Family name").fill("อนงค์")
    assert sent_by(page)["content-type"] == "application/x-www-form-urlencoded"
    expect(page.get_by_label("Family name")).to_have_value("อนงค์")  # it was not enough, and nothing of it is lost
    page.get_by_label("Photograph for the badge").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n"}
    )
    assert sent_by(page)["content-type"].startswith("multipart/form-data")
    expect(page.get_by_label("Family name")).to_have_value("อนงค์")


def test_a_choice_that_is_missing_stays_round(page: Page, demonstration: Site) -> None:
    """A browser draws a radio button itself: the edge of a text field in red stood around it as a square."""
    page.goto(demonstration.address + demonstration.path_of("registration.new"))
    page.locator("[name=email]").press("Enter")
    wrong = page.locator(".field.wrong")
    edges = "fields => fields.map(one => getComputedStyle(one).boxShadow)"
    expect(wrong.locator("[type=radio]").first).to_be_visible()
    assert set(wrong.locator("[type=radio]").evaluate_all(edges)) == {"none"}
    assert "none" not in wrong.locator("[type=text]").evaluate_all(edges)


def sent_by(page: Page) -> dict[str, str]:
    """The headers of the request that the button sends."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer, page.expect_navigation():
        page.get_by_role("button", name="Send registration").click()
    return answer.value.request.headers
