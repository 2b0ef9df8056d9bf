from collections.abc import Callable
from ctypes import byref, c_ulong, c_ushort, create_string_buffer
from datetime import timedelta

import pypdfium2
import pytest
from flask import Flask
from pypdfium2 import raw
from sqlalchemy import select

from eventapp.agenda.exports.printed import filled, programme
from eventapp.agenda.exports.printing import making
from eventapp.agenda.exports.printing.jobs import LONG_JOBS
from eventapp.agenda.queries import newest_release
from eventapp.agenda.releases.content import read
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import work_long
from eventapp.ground.typesetting import pdf_by
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.meetings.prepared.models import PreparedFile
from tests import make
from tests.browserless import PageClient
from tests.make_agenda import NINE, published

PAGE = "/meetings/spring/agenda.pdf"


@pytest.fixture
def meeting(client: PageClient) -> Meeting:
    meeting = make.meeting(slug="spring", languages=["en"])
    one = make.session(meeting, code="S1", title="Prices #strong[$ \\ fall", room_id=make.room(meeting, name="Hall").id)
    make.role(one, name="Grace Hopper", name_own="グレース", name_language="ja-Kana", organization="Navy")
    make.session(meeting, code="TEA", title="Coffee", kind="break", starts_at=NINE + timedelta(hours=2))
    published(meeting)
    return meeting


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))


def test_the_programme_says_when_what_where_and_who(client: PageClient, meeting: Meeting) -> None:
    answer = client.get(PAGE)
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    for words in (
        meeting.title,
        "09:00–10:30",
        "Prices #strong[$ \\ fall",
        "Hall",
        "Grace Hopper (グレース), Navy",
        "Coffee",
    ):
        assert words in text


def test_it_is_kept_until_another_version_is_released(client: PageClient, meeting: Meeting) -> None:
    tag = client.get(PAGE).headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": tag}).status_code == 304
    make.session(meeting, code="S2", starts_at=NINE + timedelta(hours=4))
    published(meeting)
    assert "Version 2" in text_of(client.get(PAGE, headers={"If-None-Match": tag}).data)


def test_it_is_in_the_language_of_its_reader(client: PageClient, meeting: Meeting) -> None:
    assert "lundi 16 mars 2026" in text_of(client.get(PAGE, headers={"Accept-Language": "fr"}).data)
    assert "Monday 16 March 2026" in text_of(client.get(PAGE, headers={"Accept-Language": "en"}).data)
    assert "lundi 16 mars 2026" in text_of(client.get(f"{PAGE}?language=fr").data)


def test_the_same_release_is_the_same_bytes(app: Flask, meeting: Meeting) -> None:
    release = newest_release(meeting)
    assert release
    agenda = read(release.content)
    with app.test_request_context():
        assert pdf_by(*programme(agenda, release, "en", "en")) == pdf_by(*programme(agenda, release, "en", "en"))


def test_before_the_first_release_there_is_none(client: PageClient) -> None:
    make.meeting(slug="later")
    assert client.get("/meetings/later/agenda.pdf").status_code == 404
    assert client.get("/meetings/later/agenda.xml").status_code == 404


def languages_in(pdf: bytes) -> dict[str, str]:
    """What the texts of the first page say, by the language that a reader of the file is told they are in.

    A part of a line carries its language itself, a whole line or heading has it from its place in the structure.
    """
    page = pypdfium2.PdfDocument(pdf)[0]
    text, found = page.get_textpage(), dict[str, str]()
    tree = raw.FPDF_StructTree_GetForPage(page)
    whole: dict[int, str] = {}
    for place in range(raw.FPDF_StructTree_CountChildren(tree)):
        whole |= languages_under(raw.FPDF_StructTree_GetChildAtIndex(tree, place), "")
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        marks = [raw.FPDFPageObj_GetMark(one, place) for place in range(raw.FPDFPageObj_CountMarks(one))]
        own = [read_by(raw.FPDFPageObjMark_GetParamStringValue, mark, b"Lang") for mark in marks]
        language = next(filter(None, reversed(own)), whole.get(raw.FPDFPageObj_GetMarkedContentID(one), ""))
        found[language] = found.get(language, "") + read_by(raw.FPDFTextObj_GetText, one, text)
    return found


def languages_under(element: object, outer: str) -> dict[int, str]:
    """The language of each piece of content under this element of the structure."""
    size = raw.FPDF_StructElement_GetLang(element, None, 0)
    held = create_string_buffer(size)
    raw.FPDF_StructElement_GetLang(element, held, size)
    spoken = held.raw[: max(0, size - 2)].decode("utf-16-le") or outer
    found: dict[int, str] = {}
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        found |= languages_under(child, spoken) if child else {}
        found[raw.FPDF_StructElement_GetChildMarkedContentID(element, place)] = spoken
    return found


def read_by(read: Callable[..., int], *where: object) -> str:
    """The string that this function of PDFium gives."""
    held, size = (c_ushort * 500)(), c_ulong()
    if read is raw.FPDFTextObj_GetText:
        size.value = read(*where, held, len(held))
    else:
        read(*where, held, len(held), byref(size))
    return bytes(held)[: max(0, size.value - 2)].decode("utf-16-le")


def test_english_in_an_arabic_programme_is_marked_as_english(client: PageClient, meeting: Meeting) -> None:
    marked = languages_in(client.get(f"{PAGE}?language=ar").data)
    for words in ("Coffee", "Hall", "Prices", "Conference"):
        assert words in marked["en"] and words not in marked["ar"]
    assert "ث" in marked["ar"] and "ث" not in marked["en"]
    assert "ar" not in languages_in(client.get(f"{PAGE}?language=en").data)


def test_at_a_glance_has_one_page_for_each_day_however_many_sessions(client: PageClient, meeting: Meeting) -> None:
    room = make.room(meeting, name="Side room")
    for number in range(90):
        at = NINE + timedelta(days=1, minutes=5 * number)
        make.session(
            meeting, code=f"M{number}", title=f"A session with a long title {number}", room_id=room.id, starts_at=at
        )
    published(meeting)
    pages = list(pypdfium2.PdfDocument(client.get("/meetings/spring/agenda-at-a-glance.pdf").data))
    assert len(pages) == 2
    first, second = (one.get_textpage().get_text_bounded() for one in pages)
    assert "Prices #strong[$ \\ fall" in first and "Hall" in first and "Coffee" in first
    assert "long title 0" in second and "long title 89" in second


def test_a_sheet_to_fold_has_a_cover_and_the_days(client: PageClient, meeting: Meeting) -> None:
    for number in range(8):
        make.session(meeting, code=f"D{number}", title=f"On day {number}", starts_at=NINE + timedelta(days=number + 1))
    for number in range(60):
        make.session(meeting, code=f"N{number}", title="N" * 200, starts_at=NINE + timedelta(days=2, minutes=number))
    published(meeting)
    pages = list(pypdfium2.PdfDocument(client.get("/meetings/spring/agenda-pocket.pdf").data))
    assert [(round(one.get_width()), round(one.get_height())) for one in pages] == [(842, 595)] * 2
    text = " ".join(text_of(client.get("/meetings/spring/agenda-pocket.pdf").data).split())
    assert "09:00–10:30" in text and meeting.title in text and "On day 7" in text
    assert "and 25 sessions more" in text and "N" * 91 not in text


def test_days_are_parted_over_the_panels_that_are_left() -> None:
    day = {"name": "Monday", "sessions": [{"title": {"text": str(n), "lang": "en"}} for n in range(40)]}
    panels = filled([day])
    assert len(panels) <= 7 and max(len(one["sessions"]) for one in panels) <= 9
    assert [one["title"]["text"] for part in panels for one in part["sessions"]] == [str(n) for n in range(40)]
    assert filled([]) == []


MADE = {"make prints of agendas": 1}


@pytest.mark.parametrize("name", ["agenda", "agenda-at-a-glance", "agenda-pocket"])
def test_that_of_a_long_agenda_is_made_by_the_worker_once_for_everybody(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    address = f"/meetings/spring/{name}.pdf"
    at_once = client.get(f"{address}?language=fr").data
    monkeypatch.setattr(making, "MANY", 1)
    make.session(meeting, code="S2", starts_at=NINE + timedelta(hours=4))
    published(meeting)
    asks = client.get(f"{address}?language=fr").location
    assert db.session.scalars(select(PreparedFile)).all() == []  # to look makes nothing
    assert client.post(asks).location == client.post(asks).location == asks
    assert client.get(asks.replace("?", "/file?")).location == asks
    assert "/stop" not in client.get(asks).text and client.get(f"{address}?language=fr").location == asks
    assert work_long(LONG_JOBS, at=now()) == MADE

    assert f"{name}.pdf?language=fr" in client.get(asks).text
    assert client.get(f"{address}?language=fr").location == asks.replace("?", "/file?")
    answer = client.get(asks.replace("?", "/file?"))
    assert answer.content_length == len(answer.data)
    assert text_of(answer.data).replace("Version 2", "Version 1")[:40] == text_of(at_once)[:40]
    assert "X-Shelf" not in answer.headers and answer.mimetype == "application/pdf"
    assert client.post(asks).location == asks and work_long(LONG_JOBS, at=now()) == {}
    assert client.get(f"{address}?language=en").location == asks.replace("=fr", "=en")

    make.session(db.session.merge(meeting), code="S3", starts_at=NINE + timedelta(hours=6))
    published(db.session.merge(meeting))
    assert client.get(f"{address}?language=fr").location == asks  # a new version is another print


def test_who_runs_the_meeting_stops_a_print_and_a_visitor_does_not(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "MANY", 1)
    asks = client.post("/meetings/spring/agenda/print/glance?language=en").location
    stops = asks.replace("?", "/stop?")
    assert client.post(stops).status_code == 404
    client.sign_in(make.staff(meeting, ORGANIZER))
    assert "/stop?" in client.get(asks).text
    assert client.post(stops).location == asks
    assert work_long(LONG_JOBS, at=now()) == {} and "No file was made." in client.get(asks).text


def test_the_page_of_a_print_that_is_made_at_once_leads_to_it(client: PageClient, meeting: Meeting) -> None:
    page = "/meetings/spring/agenda/print/pocket?language=en"
    assert client.get(page).location == "/meetings/spring/agenda-pocket.pdf?language=en"
    assert client.post(page).location == page and db.session.scalars(select(PreparedFile)).all() == []
