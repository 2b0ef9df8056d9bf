"""A delegation from its focal point to the final list: over HTTP, with real mail, files and codes read back.

Its door is a real browser without a network.
"""

import re
from collections.abc import Iterator
from csv import DictReader, writer
from datetime import UTC, datetime
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.conftest import browser_type_launch_args
from tests.journeys.meeting import meeting_file
from tests.journeys.pdf import codes_on, pages_of, shows, words_of
from tests.journeys.phone import read_without_network
from tests.journeys.reader import Reader
from tests.journeys.site import Site, link_in, running
from tests.journeys.test_whole_meeting import HERE, LETTER, load

__all__ = ["browser_type_launch_args"]  # the browser of the machine, as in tests/browser

COLOURS = (220, 20, 20), (20, 220, 20)
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
    file.write_text(meeting_file(datetime.now(UTC)).replace("capacity: 3", "capacity: 30"))
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


def own_page(site: Site, family_name: str) -> str:
    """The address of somebody's own page, from the letter that gave them a place."""
    link = link_in(site.postbox.newest(address(family_name), "place"), "/registrations/")
    return re.sub(r"(/registrations/[\w-]+).*", r"\1", link, flags=re.DOTALL)


def send_photograph(site: Site, family_name: str, colour: tuple[int, int, int]) -> None:
    """A picture of one colour, so that it is known again on a badge."""
    picture = BytesIO()
    Image.new("RGB", (700, 900), colour).save(picture, "JPEG")
    reader = site.reader()
    form = reader.open(f"{own_page(site, family_name)}/photograph").form("/photograph")
    page = reader.submit(form, {"photo": ("me.jpg", "image/jpeg", picture.getvalue())})
    assert "An organizer checks it before it is on your badge." in page.text


def badges_of(organizer: Reader) -> bytes:
    return organizer.submit(organizer.open(f"{HERE}/manage/badges?printed=y").form("/manage/badges.pdf")).body


def papers(organizer: Reader, kind: str, references: str = "") -> bytes:
    """Issue these papers. Returns the file."""
    form = organizer.open(f"{HERE}/manage/papers").form("/manage/papers", "Issue as PDF")
    page = organizer.submit(form.fill(kind=kind, tongue="en", references=references))
    assert page.kind == "application/pdf", page.text
    return page.body


def letter_for_a_visa(site: Site, organizer: Reader) -> None:
    """Whoever doubts the letter opens its QR code, which says that it is genuine, and little else."""
    letter = papers(organizer, "invitation", "R-0001")
    assert "Anong Suksawat" in words_of(letter)[0] and "Thailand" in words_of(letter)[0]
    [code] = codes_on(letter)
    checked = site.reader().open(code)
    assert "Genuine and valid" in checked.text and "Thailand" in checked.text and "Suksawat" not in checked.text
    assert site.reader().open(f"{code[:-1]}{'A' if code[-1] != 'A' else 'B'}").status == 404


def badges_with_photographs(site: Site, organizer: Reader) -> bytes:
    """Two send a photograph: it is on no badge before it is accepted, and the other never. Returns the badges."""
    for (family_name, *_facts), colour in zip(PEOPLE, COLOURS, strict=False):
        send_photograph(site, family_name, colour)
    assert not any(shows(page, colour) for page in pages_of(badges_of(organizer)) for colour in COLOURS)
    form = organizer.open(f"{HERE}/manage/photographs").form("/accepted")
    organizer.submit(form.fill(photograph=form.values["photograph"][:1]))
    badges = badges_of(organizer)
    assert sum(shows(page, colour) for page in pages_of(badges) for colour in COLOURS) == 1
    return badges


def came_to_the_door(browser: Browser, site: Site, organizer: Reader, codes: list[str]) -> list[str]:
    """The door has no network while they come: it decides by its list, and says when, once it has one again."""
    gates = organizer.open(f"{HERE}/manage/gates")
    organizer.submit(gates.form("/manage/gates", "Open the gate").fill(name="Main entrance"))
    steward = site.sign_in("steward@example.org")
    page = steward.open(f"{HERE}/door")
    door = (page.links("Main entrance") or [page.address])[0]
    answers = read_without_network(browser, site, steward, door, codes)
    assert ["Welcome" in answer for answer in answers] == [True] * len(codes)
    table = organizer.open(f"{HERE}/manage/gates/G1/attendance.csv").body.decode("utf-8-sig")
    return [row["Name"] for row in DictReader(StringIO(table))]


def test_a_delegation_from_its_focal_point_to_the_final_list(site: Site, browser: Browser) -> None:
    organizer = site.sign_in("organizer@example.org")
    form = organizer.open(f"{HERE}/manage/photographs/standard").form("/standard")
    organizer.submit(form.fill(is_checked="y"))
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

    letter_for_a_visa(site, organizer)
    codes = codes_on(badges_with_photographs(site, organizer))
    assert len(codes) == len(PEOPLE)
    came = came_to_the_door(browser, site, organizer, codes[:4])
    assert len(came) == 4

    # A certificate is for those who were there, and for nobody else.
    certified = " ".join(words_of(papers(organizer, "certificate")))
    assert [f"{given} {family}" in certified for family, given, *_rest in PEOPLE].count(True) == len(came)
    assert all(name in certified for name in came)

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
