"""From an empty database to a numbered paragraph and its evidence: one meeting, over HTTP, with real mail and real files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.meeting import meeting_file
from tests.journeys.reader import Page
from tests.journeys.site import Site, body_of, link_in, running

HERE = "/meetings/spring-review"
LETTER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with the meeting loaded and published."""
    folder = tmp_path_factory.mktemp("site")
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Bangkok")).date()
    file = folder / "meeting.yaml"
    file.write_text(meeting_file(today))
    with running(folder) as site:
        load(site, file)
        yield site


def load(site: Site, file: Path) -> None:
    assert "meeting spring-review: added" in site.flask("meetings", "load", "--publish", str(file))
    assert "no change" in site.flask("meetings", "load", str(file))


def register(site: Site, email: str, name: str, own_name: str, category: str, **more: str) -> str:
    """Register somebody, confirm the address by the mailed link. Returns the address of their own page."""
    reader = site.reader()
    form = reader.open(f"{HERE}/registration/new").form("/registration")
    given, family = name.split(" ", 1)
    form.fill(
        given_name=given, family_name=family, own_name=own_name, record_name=f"Ms. {name}", email=email, category=category,
        delegation="Ministry of Digital Economy and Society", job_title="Director", **more,
    )  # fmt: skip
    assert "<h1" in str(reader.submit(form, {"letter": ("letter.pdf", "application/pdf", LETTER)}).body)
    site.deliver()
    link = link_in(site.postbox.newest(email, "onfirm"), "/registrations/")
    page = reader.open(link)
    done = reader.submit(page.form("/confirmation"))
    assert done.status == 200, done.text
    return done.address


def test_the_whole_meeting(site: Site) -> None:
    mine = register(site, "anong@example.org", "Anong Suksawat", "อนงค์ สุขสวัสดิ์", "MEM", state="THA", delegation_role="HOD")
    assert mine
