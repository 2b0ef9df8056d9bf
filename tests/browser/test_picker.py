"""The picker beside a field that is typed in: each follows the other, and only the field is sent."""

from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site


def test_the_picker_and_the_field_follow_each_other(context: BrowserContext, demonstration: Site) -> None:
    demonstration.enter(context, "organizer")
    page = context.new_page()
    page.goto(f"{demonstration.address}{demonstration.path_of('settings.edit_meeting')}")
    field = page.get_by_role("textbox", name="First day", exact=True)
    picker = page.get_by_label("Choose a day: First day")
    expect(picker).to_have_value(field.input_value())
    picker.fill("2016-10-03")
    expect(field).to_have_value("2016-10-03")
    field.fill("2016-10-05")
    expect(picker).to_have_value("2016-10-05")
    field.fill("6 October 2016")
    expect(picker).to_have_value("2016-10-05")  # what only the server reads is left alone
    assert picker.get_attribute("name") is None
    opens = page.get_by_label("Choose a day and a time: Registration opens")
    opens.fill("2016-08-01T09:00")
    expect(page.get_by_role("textbox", name="Registration opens", exact=True)).to_have_value("2016-08-01 09:00")
