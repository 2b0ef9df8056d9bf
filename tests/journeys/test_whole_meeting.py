"""From an empty database to a numbered paragraph and its evidence: one meeting, over HTTP, with real mail and real files."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import vobject
import zxingcpp
from docx import Document
from PIL import Image

from tests.journeys.meeting import local, meeting_file
from tests.journeys.reader import Reader
from tests.journeys.site import Site, link_in, running

HERE = "/meetings/spring-review"
LETTER = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@cache
def moment_now() -> datetime:
    """When this journey begins: the one reading of the clock, so that no midnight comes between two."""
    return datetime.now(UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with the meeting loaded and published."""
    folder = tmp_path_factory.mktemp("site")
    file = folder / "meeting.yaml"
    file.write_text(meeting_file(moment_now()))
    with running(folder) as site:
        load(site, file)
        yield site


def load(site: Site, file: Path) -> None:
    assert "meeting spring-review: added" in site.flask("meetings", "load", "--publish", str(file))
    assert "no change" in site.flask("meetings", "load", str(file))


def register(site: Site, email: str, name: str, own_name: str, category: str, **more: str) -> str:
    """Register somebody, confirm the address by the mailed link. Returns the address of their own page."""
    reader = site.reader()
    form = reader.open(f"{HERE}/registration/new?category={category}").form("/registration")
    given, family = name.split(" ", 1)
    form.fill(
        given_name=given, family_name=family, own_name=own_name, record_name=f"Ms. {name}", email=email, category=category,
        delegation="Ministry of Digital Economy and Society", job_title="Director", **more,
    )  # fmt: skip
    assert "<h1" in str(reader.submit(form, {"letter": ("letter.pdf", "application/pdf", LETTER)}).body)
    link = link_in(site.postbox.newest(email, "onfirm"), "/registrations/")
    page = reader.open(link)
    done = reader.submit(page.form("/confirmation"))
    assert done.status == 200, done.text
    return done.address


def plan_a_session(organizer: Reader, site: Site) -> None:
    """One session tomorrow, with a moderator who accepts by the mailed link, and an agenda that is published."""
    page = organizer.open(f"{HERE}/manage/agenda/new")
    tomorrow = str(page.tree.findall(".//select[@name='day']/option")[-1].get("value"))
    form = page.form("/manage/agenda/").fill(day=tomorrow, starts="09:00", ends="10:30", room="CR4")
    form.fill(code="S1", title="Emerging trends", kind="trends", body="REVIEW")
    assert "Emerging trends" in organizer.submit(form).text
    page = organizer.open(f"{HERE}/manage/agenda/sessions/S1")
    form = page.form("/roles", "Assign role")
    form.fill(role__role="moderator", role__name="Samira Haddad", role__email="samira@example.org")
    form.fill(role__organization="International Telecommunication Union")
    assert "Samira Haddad" in organizer.submit(form).text
    guest = site.reader()
    page = guest.open(link_in(site.postbox.newest("samira@example.org"), "/roles/"))
    assert "Accepted" in guest.submit(page.form("/roles/").press("answer", "accept")).text
    form = organizer.open(f"{HERE}/manage/agenda/releases").form("/manage/agenda/releases")
    assert "Version 1" in organizer.submit(form).text


def test_the_whole_meeting(site: Site) -> None:
    mine = register(
        site, "anong@example.org", "Anong Suksawat", "อนงค์ สุขสวัสดิ์", "MEM", state="THA", delegation_role="HOD"
    )
    register(site, "li@example.org", "Li Wenjing", "李文静", "UN")
    organizer = site.sign_in("organizer@example.org")

    # The organizer plans, and the public sees the release in its calendar.
    plan_a_session(organizer, site)
    event = vobject.readOne(site.reader().open(f"{HERE}/sessions/S1.ics").body.decode()).vevent
    start = local(event.dtstart.value, moment_now())
    assert (start.hour, start.minute, event.summary.value) == (9, 0, "S1 Emerging trends")

    # One was pending; approving writes the letter with the entry code and the calendar file.
    form = organizer.open(f"{HERE}/manage/registrations").form("/manage/registrations", "Approve")
    organizer.submit(form.fill(pick=["R-0001"]).press("do", "approve"))
    letter = site.postbox.newest("anong@example.org", "You have a place")
    files = {
        part.get_content_type(): part.get_payload(decode=True) for part in letter.walk() if not part.is_multipart()
    }
    code = decoded(Image.open(BytesIO(files["image/png"])))[0]  # type: ignore[arg-type]
    assert code in site.reader().open(mine).text
    assert vobject.readOne(files["text/calendar"].decode()).vevent.summary.value  # type: ignore[union-attr]

    # The badge that is printed carries the same code, and opens the door once.
    badges = organizer.submit(organizer.open(f"{HERE}/manage/badges").form("/manage/badges.pdf"))
    assert badges.kind == "application/pdf"
    codes = [one for page in pypdfium2.PdfDocument(badges.body) for one in decoded(page.render(scale=3).to_pil())]
    assert code in codes and len(codes) == 2
    organizer.submit(
        organizer.open(f"{HERE}/manage/gates").form("/manage/gates", "Open the gate").fill(name="Main entrance")
    )
    steward = site.sign_in("steward@example.org")
    assert "Welcome" in scan(steward, code)
    assert "Already" in scan(steward, code)
    assert "Welcome" not in scan(steward, "NOSUCHCODE0123456789")

    # What is said is written down, handed in, and confirmed by the moderator's link.
    rapporteur = site.sign_in("rapporteur@example.org")
    text = "Broadband reaches more people each year, and the gap between subregions widens."
    form = rapporteur.open(f"{HERE}/record/S1").form("/record/S1", "Save note")
    form.fill(kind="trend", text=text, action_lines=["C2"], goals=["9"], ceiling="organization")
    form.fill(speaker="Samira Haddad", organization="International Telecommunication Union")
    assert text in rapporteur.submit(form).text
    form = rapporteur.open(f"{HERE}/record/S1/summary").form("/summary")
    page = rapporteur.submit(form.fill(key_issues="The session looked at trends."))
    rapporteur.submit(page.form("/submission"))
    moderator = site.reader()
    page = moderator.open(link_in(site.postbox.newest("samira@example.org", "confirm the notes"), "/confirmations/"))
    assert text in page.text
    moderator.submit(page.form("/confirmations/"))
    form = organizer.open(f"{HERE}/manage/outcomes").form("/manage/outcomes")
    organizer.submit(form.press("answer", "approve"))

    # The review is compiled and published; its paragraph leads to the note, and the note to the session.
    form = organizer.open(f"{HERE}/review").form("/review", "Compile")
    organizer.submit(form.fill(title="Draft review", name="review", policy="organization"))
    page = organizer.open(f"{HERE}/review/reports/review/publication")
    organizer.submit(page.form("/publication"))
    check_report(site, text)
    assert "in its place" in site.flask("history", "verify")


def check_report(site: Site, text: str) -> None:
    """The published report in its formats, read by other readers, and followed back to the session."""
    public = site.reader()
    page = public.open(f"{HERE}/reports/review")
    assert "C2" in page.text and "S1-01" in page.text
    report = json.loads(public.open(f"{HERE}/reports/review.json").body)["report"]
    numbered = [one for chapter in report["chapters"] for one in chapter["paragraphs"]]
    (cited,) = [one for one in numbered if one["evidence"]]
    evidence = cited["evidence"][0]
    assert (evidence["note"], evidence["revision"], evidence["session"]) == ("S1-01", 1, "S1")
    word = public.open(f"{HERE}/reports/review.docx")
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(word.body)).paragraphs)
    assert "gap between subregions widens" in words
    paper = pypdfium2.PdfDocument(public.open(f"{HERE}/reports/review.pdf").body)
    assert "subregions" in " ".join(page.get_textpage().get_text_range() for page in paper)
    assert public.open(f"{HERE}/reports/review.docx").body == word.body
    cited_notes = public.open(page.links(within="/paragraphs/")[0])
    session = public.open(cited_notes.links(within="/sessions/S1")[0])
    assert (session.status, "Emerging trends" in session.text) == (200, True)


def scan(steward: Reader, code: str) -> str:
    """Type a code at the gate. Returns what the page says."""
    page = steward.open(f"{HERE}/door")
    gates = page.links("Main entrance")
    page = steward.open(gates[0]) if gates else page
    return steward.submit(page.form("/scans").fill(code=code)).text


def decoded(picture: Image.Image) -> list[str]:
    """Every QR code on a picture."""
    return [found.text for found in zxingcpp.read_barcodes(picture)]
