"""A page that shows how far the worker is leads on to what came of it, with nobody pressing anything."""

from playwright.sync_api import BrowserContext, expect

from eventapp.agenda.imports.jobs import LONG_JOBS
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_long
from eventapp.meetings.models import ORGANIZER
from tests import make
from tests.agenda.test_import import congress_xml, event
from tests.browser.site import Site, session_cookie

SLUG = "leads-on"


def test_a_file_of_sessions_that_is_compared_shows_what_it_would_do(context: BrowserContext, site: Site) -> None:
    cookie = session_cookie(site.app, make.staff(make.meeting(slug=SLUG), ORGANIZER))
    db.session.remove()
    context.add_cookies([{"name": "session", "value": cookie, "url": site.address}])
    page = context.new_page()
    page.goto(f"/meetings/{SLUG}/manage/agenda/imports")
    file = {"name": "schedule.xml", "mimeType": "text/xml", "buffer": congress_xml([event(1)])}
    page.get_by_label("File with sessions").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text("The file is being compared with the draft.")).to_be_visible()

    while work_long(LONG_JOBS, at=now()):
        pass
    expect(page.get_by_role("button", name="Make 1 room")).to_be_visible()
