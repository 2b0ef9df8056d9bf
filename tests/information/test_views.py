from io import BytesIO

import pytest
from PIL import Image

from eventapp.desk.information import manage
from eventapp.ground.db import db, transaction
from eventapp.information.actions import PageContent, add_page, copy_pages
from eventapp.information.models import InformationPage, InformationPicture
from eventapp.information.queries import page_at, pages_of
from eventapp.meetings.models import Meeting
from tests import make
from tests.browserless import PageClient

PAGE, SETTINGS = "/meetings/spring/information", "/meetings/spring/manage/settings/information"


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    """The meeting's organizer, signed in."""
    return client.sign_in(make.staff(meeting, "organizer"))


def page(meeting: Meeting, slug: str = "venue", *, is_published: bool = True, **texts: str) -> InformationPage:
    words = {code: {"title": f"Venue {code}", "text": text} for code, text in (texts or {"en": "# By train"}).items()}
    with transaction():
        return add_page(meeting, PageContent(slug, words, is_published=is_published), by=None, at=make.TODAY)


def test_a_page_is_shown_in_the_readers_language(client: PageClient, meeting: Meeting) -> None:
    page(meeting, en="# By train", fr="# En train")
    page(meeting, "hotels", en="Beds")
    assert "<h2>By train</h2>" in client.get(f"{PAGE}/venue").text
    assert "<h2>En train</h2>" in client.get(f"{PAGE}/venue?language=fr").text
    fallen_back = client.get(f"{PAGE}/hotels?language=fr").text
    assert '<h1 lang="en" dir="auto">Venue en</h1>' in fallen_back and "Beds" in fallen_back


def test_the_tab_leads_to_the_first_page(client: PageClient, meeting: Meeting) -> None:
    assert PAGE not in client.get("/meetings/spring/").text
    assert client.get(PAGE).status_code == 404
    page(meeting)
    assert f'href="{PAGE}"' in client.get("/meetings/spring/").text
    assert client.get(PAGE).location.endswith("/information/venue")


def test_a_draft_is_there_for_organizers_only(client: PageClient, meeting: Meeting) -> None:
    row = page(meeting, is_published=False)
    make.kept(pictures_of(row))
    for address in (f"{PAGE}/venue", f"{PAGE}/venue/map.jpg"):
        assert client.get(address).status_code == 404
    client.sign_in(make.staff(meeting, "organizer"))
    assert "it is a draft" in client.get(f"{PAGE}/venue").text
    assert client.get(f"{PAGE}/venue/map.jpg").status_code == 200


def a_png() -> BytesIO:
    file = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "PNG")
    return BytesIO(file.getvalue())


def pictures_of(row: InformationPage) -> object:
    return InformationPicture(page_id=row.id, name="map.jpg", content=b"jpeg", sha256="0" * 64, uploaded_at=make.TODAY)


def test_a_page_is_made_written_published_and_removed(desk: PageClient, meeting: Meeting) -> None:
    answer = desk.post(SETTINGS, data={"title_en": "Hôtels & inns"})
    [row] = pages_of(meeting, drafts=True)
    assert answer.location.endswith(f"/{row.id}") and row.slug == "hotels-inns" and row.published_at is None

    typed = {"title_en": "Hotels", "text_en": "*Beds*", "title_fr": "Hôtels", "text_fr": "Lits", "slug": "hotels"}
    typed |= {"version": str(row.version), "is_published": "y"}
    assert desk.post(f"{SETTINGS}/{row.id}", data=typed).status_code == 303
    assert "<em>Beds</em>" in desk.get(f"{PAGE}/hotels").text

    answer = desk.post(f"{SETTINGS}/{row.id}", data=typed)
    assert answer.status_code == 409 and "Somebody changed this page meanwhile" in answer.text

    assert desk.post(f"{SETTINGS}/{row.id}/removal").status_code == 303
    assert pages_of(meeting, drafts=True) == []


def test_how_it_looks_is_shown_and_nothing_is_saved(desk: PageClient, meeting: Meeting) -> None:
    row = page(meeting)
    typed = {"title_en": "Venue", "text_en": "**new**", "act": "preview", "version": "1"}
    answer = desk.post(f"{SETTINGS}/{row.id}", data=typed)
    assert answer.status_code == 200 and "<strong>new</strong>" in answer.text
    db.session.refresh(row)
    assert row.texts["en"]["text"] == "# By train"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title_en": ""}, "Write its title."),
        ({"title_en": "A", "text_fr": "Lits"}, "Write a title too."),
        ({"title_en": "A", "slug": "Ho tels"}, "Write small letters, figures and hyphens, such as hotels."),
        ({"title_en": "A", "text_en": "x" * 20_001}, "Use 20000 characters or less."),
    ],
)
def test_a_fault_is_told_and_nothing_is_lost(
    desk: PageClient, meeting: Meeting, typed: dict[str, str], sentence: str
) -> None:
    row = page(meeting)
    answer = desk.post(f"{SETTINGS}/{row.id}", data={"version": "1", "text_en": "words I typed", **typed})
    assert answer.status_code == 422 and sentence in answer.text
    db.session.refresh(row)
    assert row.texts["en"]["text"] == "# By train"


def test_an_address_is_there_once(desk: PageClient, meeting: Meeting) -> None:
    page(meeting)
    answer = desk.post(SETTINGS, data={"title_en": "Venue"})
    assert answer.status_code == 409 and "There is a page at “venue” already" in answer.text


def test_a_picture_is_drawn_anew_and_shown(desk: PageClient, meeting: Meeting) -> None:
    row = page(meeting, en="![The map](a-map.jpg)")
    sent = {"picture": (a_png(), "A map.png")}
    assert desk.post(f"{SETTINGS}/{row.id}/pictures", data=sent).status_code == 303
    assert f'<img src="{PAGE}/venue/a-map.jpg" alt="The map"' in desk.get(f"{PAGE}/venue").text
    answer = desk.get(f"{PAGE}/venue/a-map.jpg")
    assert answer.mimetype == "image/jpeg" and answer.data.startswith(b"\xff\xd8\xff")

    assert desk.post(f"{SETTINGS}/{row.id}/pictures/a-map.jpg/removal").status_code == 303
    assert desk.post(f"{SETTINGS}/{row.id}/pictures/a-map.jpg/removal").status_code == 409
    assert "<img" not in desk.get(f"{PAGE}/venue").text


def test_what_is_no_picture_is_refused(desk: PageClient, meeting: Meeting) -> None:
    row = page(meeting)
    answer = desk.post(f"{SETTINGS}/{row.id}/pictures", data={"picture": (BytesIO(b"<svg/>"), "map.png")})
    assert answer.status_code == 422 and "Choose a PNG, a JPEG or a WebP picture." in answer.text
    assert desk.post(f"{SETTINGS}/{row.id}/pictures", data={}).status_code == 422


@pytest.mark.parametrize(
    ("asked", "order"),
    [({"act": "up"}, "acb"), ({"place": "1"}, "cab"), ({"act": "down"}, "abc"), ({"place": "aside"}, "abc")],
)
def test_pages_are_put_in_order(desk: PageClient, meeting: Meeting, asked: dict[str, str], order: str) -> None:
    rows = [page(meeting, slug) for slug in "abc"]
    desk.post(f"{SETTINGS}/{rows[2].id}/place", data=asked)
    assert "".join(one.slug for one in pages_of(meeting)) == order


def test_a_copy_takes_the_pages_along_as_drafts(desk: PageClient, meeting: Meeting) -> None:
    make.kept(pictures_of(page(meeting)))
    other = make.meeting()
    with transaction():
        copy_pages(meeting, other, by=None, at=make.TODAY)
    copied = page_at(other, "venue")
    assert copied is not None and copied.published_at is None and [one.name for one in copied.pictures] == ["map.jpg"]
