"""A delegation from its focal point to the final list: over HTTP, with real mail, files and codes read back."""

from collections.abc import Iterator
from csv import DictReader, writer
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from tests.journeys.meeting import meeting_file
from tests.journeys.reader import Reader
from tests.journeys.site import Site, link_in, running
from tests.journeys.test_whole_meeting import BANGKOK, HERE, LETTER, decoded, load, scan

PEOPLE = (
    ("Suksawat", "Anong", "Minister", "Head of delegation"),
    ("Rattanakorn", "Kittipong", "Ambassador", "Deputy head of delegation"),
    ("Thongchai", "Siriporn", "Director", "Representative"),
    ("Phanomwan", "Worawut", "Director", "Representative"),
    ("Boonmee", "Malee", "Adviser", "Adviser"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with a meeting of thirty places, published."""
    folder: Path = tmp_path_factory.mktemp("delegation")
    file = folder / "meeting.yaml"
    file.write_text(meeting_file(datetime.now(UTC).astimezone(BANGKOK).date()).replace("capacity: 3", "capacity: 30"))
    with running(folder) as site:
        load(site, file)
        yield site


def address(family_name: str) -> str:
    return f"{family_name.lower()}@example.org"


def people_file(*rows: tuple[str, ...]) -> bytes:
    """A file as a spreadsheet saves it."""
    out = StringIO()
    lines = writer(out, delimiter=";")
    lines.writerow(("Family name", "Given names", "Job title", "Place in the delegation", "Email"))
    lines.writerows((family, given, title, role, address(family)) for family, given, title, role in rows)
    return out.getvalue().encode("utf-16")


def nominate(focal: Reader, link: str, content: bytes) -> str:
    """Send a file of people and say yes to what the page shows. Returns what the last page says."""
    page = focal.open(f"{link}/file")
    page = focal.submit(page.form("/file"), {"file": ("people.csv", "text/csv", content)})
    if "Nobody was nominated" in page.text:
        return page.text
    return focal.submit(page.form("/file", "Nominate")).text


def confirm(site: Site, family_name: str) -> None:
    """The named person completes the form by the link of their letter."""
    reader = site.reader()
    page = reader.open(link_in(site.postbox.newest(address(family_name)), "/registrations/"))
    form = page.form("/nomination").fill(delegation="Ministry of Digital Economy and Society", lists_name="y")
    done = reader.submit(form)
    assert done.status == 200, done.text


def codes_on(pdf: bytes) -> list[str]:
    return [one for page in pypdfium2.PdfDocument(pdf) for one in decoded(page.render(scale=3).to_pil())]


def test_a_delegation_from_its_focal_point_to_the_final_list(site: Site) -> None:
    organizer = site.sign_in("organizer@example.org")
    form = organizer.open(f"{HERE}/manage/delegations/new").form("/manage/delegations/new")
    form.fill(state="THA", called="Permanent Mission", email="mission@example.org")
    page = organizer.submit(form)
    ours = page.address.split("?")[0]
    organizer.submit(page.form("/places").fill(places="5"))

    # The focal point has no account: the letter's link is enough. A file with faults changes nothing.
    focal = site.reader()
    link = link_in(site.postbox.newest("mission@example.org"), "/focal-points/").rstrip(".")
    refused = nominate(focal, link, people_file(*PEOPLE, ("Too", "Many", "Adviser", "Adviser")))
    assert "Only 5 places are left." in refused
    nominate(focal, link, people_file(*PEOPLE))
    assert "0 of 5" in focal.open(link).text
    form = focal.open(link).form("/letter")
    page = focal.submit(form.fill(reference="1204/2569"), {"letter": ("note.pdf", "application/pdf", LETTER)})
    assert "The letter is with the secretariat." in page.text

    for family_name, *_rest in PEOPLE:
        confirm(site, family_name)
    assert "5 of 5" in focal.open(link).text

    # The secretariat approves and accredits; nothing stands against it any more.
    form = organizer.open(f"{HERE}/manage/registrations").form("/manage/registrations", "Approve")
    page = organizer.submit(form.fill(pick=[f"R-{number:04d}" for number in range(1, 6)]).press("do", "approve"))
    assert "5 of 5 approved." in page.text
    page = organizer.open(ours)
    page = organizer.submit(page.form(ours, "Accredit"))
    assert "Accredited" in page.text

    # Four of five come: the door reads their badges, and the list says when.
    organizer.submit(
        organizer.open(f"{HERE}/manage/gates").form("/manage/gates", "Open the gate").fill(name="Main entrance")
    )
    badges = organizer.submit(organizer.open(f"{HERE}/manage/badges").form("/manage/badges.pdf"))
    codes = codes_on(badges.body)
    assert len(codes) == len(PEOPLE)
    steward = site.sign_in("steward@example.org")
    for code in codes[:4]:
        assert "Welcome" in scan(steward, code)
    table = organizer.open(f"{HERE}/manage/gates/G1/attendance.csv").body.decode("utf-8-sig")
    came = [row["Name"] for row in DictReader(StringIO(table))]
    assert len(came) == 4

    # The final list names who was there, heads of delegation first.
    page = organizer.open(f"{HERE}/manage/list-of-participants")
    organizer.submit(page.form("/manage/list-of-participants", "Save").fill(rule="present", audience="public"))
    page = organizer.open(f"{HERE}/manage/list-of-participants")
    organizer.submit(page.form("/manage/list-of-participants", "Issue").fill(kind="final"))
    word = site.reader().open(f"{HERE}/list-of-participants/1/en.docx")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(word.body)).paragraphs)
    places = [words.find(name) for name in (f"{given} {family}" for family, given, *_rest in PEOPLE)]
    assert [place for place in places if place >= 0] == sorted(place for place in places if place >= 0), "by protocol"
    assert len([place for place in places if place >= 0]) == len(came), "whoever did not come is not in it"
