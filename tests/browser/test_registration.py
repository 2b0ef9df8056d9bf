"""The registration form on a phone: what is asked of delegations of States is asked of nobody else."""

from playwright.sync_api import BrowserContext, expect

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
