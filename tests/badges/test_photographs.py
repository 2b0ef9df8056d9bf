"""The photograph that somebody sent is on the badge, cut to its shape, and nobody else's."""

from collections.abc import Collection
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from eventapp.badges.printing import sheet
from eventapp.badges.printing.batches import Run
from eventapp.badges.printing.layouts import USUAL_PARTS, Design, Size
from eventapp.badges.queries import Bearer, Choice, bearers, faces, pictured
from eventapp.meetings.models import Meeting
from eventapp.registration.forms.registration import RegistrationForm, answers
from eventapp.registration.models import Registration, Upload
from eventapp.registration.uploads.reading import PORTRAIT, PORTRAIT_BYTES, portrait_of
from tests import make
from tests.badges.make_faces import face
from tests.badges.reading import codes, pages, texts
from tests.browserless import PageClient
from tests.registration.filling import only, send, set_clock, typed

RED, LIME = (220, 20, 20), (20, 220, 20)


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (900, 600)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def colours(page: Image.Image) -> set[str]:
    """Which of the two photographs are to be seen on the page."""
    small, found = page.convert("RGB").resize((200, 280)), set()
    for place in range(200 * 280):
        seen = small.getpixel((place % 200, place // 200))
        assert isinstance(seen, tuple)
        red, green, blue = seen
        if blue < 60 and max(red, green) > 180 and min(red, green) < 60:
            found.add("red" if red > green else "lime")
    return found


@pytest.mark.parametrize("size", [Size.A6, Size.CARD, Size.SHEET, Size.A7, Size.ID_CARD, Size.LABEL])
def test_a_badge_has_its_photograph_beside_all_else(app: Flask, size: Size) -> None:
    with_photo = face(name_own="อนงค์ สุขสวัสดิ์", organization="Ministry of Digital Economy", photo=portrait_of(picture(RED)),
                      roles=("Head of delegation", "Speaker, S5"), remark="No photographs")  # fmt: skip
    pdf = sheet.pdf([with_photo], size, title="Badges").pdf
    [page] = list(pages(pdf))
    assert colours(page) == {"red"}
    assert codes(pdf) == [with_photo.code]
    for words in ("Anong Suksawat", "Thailand", "Head of delegation", "Speaker, S5", "No photographs"):
        assert words in texts(pdf)[0]


def test_a_long_batch_keeps_each_photograph_with_its_name(app: Flask) -> None:
    made = [face(n, name=f"Name {n}", photo=portrait_of(picture(RED if n % 2 else LIME))) for n in range(1, 131)]
    pdf = sheet.pdf(made, Size.A6, title="Badges").pdf
    assert [colours(page) for page in pages(pdf, scale=0.5)] == [{"red" if n % 2 else "lime"} for n in range(1, 131)]


def test_photographs_are_asked_for_some_at_a_time_and_stand_beside_their_names(app: Flask) -> None:
    asked: list[list[str]] = []
    both = [portrait_of(picture(colour)) for colour in (LIME, RED)]

    def photographs(references: Collection[str]) -> dict[str, bytes]:
        asked.append(list(references))
        return {one: both[int(one[2:]) % 2] for one in references if one != "R-0003"}

    made = [face(n, photo=both[1] if n == 2 else b"") for n in range(1, 131)]
    without = Design(Size.CARD, tuple(part for part in USUAL_PARTS if part != "photo"))
    runs = [Run(Design(Size.A6), made), Run(without, [face(131)])]

    pdf = sheet.pdf_of(runs, title="Badges", photographs=photographs).pdf

    seen = [colours(page) for page in pages(pdf, scale=0.5)]
    assert seen[:4] == [{"red"}, {"red"}, set(), {"lime"}] and seen[-2:] == [{"lime"}, set()]
    assert [len(some) for some in asked] == [79, 50], "not the one that is there, and none for the card without"


def test_a_portrait_is_small_and_cut_to_the_shape_of_a_badge() -> None:
    small = portrait_of(picture(RED, (4000, 300)))
    assert Image.open(BytesIO(small)).size == PORTRAIT
    out = BytesIO()
    Image.effect_noise((90, 120), 60).resize((900, 1200)).convert("RGB").save(out, "JPEG")
    assert len(portrait_of(out.getvalue())) <= PORTRAIT_BYTES, "of a picture with much in it too"


@pytest.mark.usefixtures("app")
class TestOfAMeeting:
    @pytest.fixture
    def meeting(self) -> Meeting:
        return make.meeting(slug="spring")

    def test_each_has_the_newest_of_their_own(self, meeting: Meeting) -> None:
        one, other, none = (make.registration(meeting) for _ in range(3))
        sent(one, LIME, replaced_at=make.TODAY)
        sent(one, RED)
        sent(other, LIME, portrait=b"")  # from before portraits were kept
        sent(none, LIME, content=b"", portrait=b"", sha256="")  # deleted after the meeting
        found = {each.reference: each.photo for each in pictured(meeting, faces(meeting, bearers(meeting, Choice())))}
        assert found == {
            one.reference: portrait_of(picture(RED)),
            other.reference: portrait_of(picture(LIME)),
            none.reference: b"",
        }


@pytest.mark.parametrize(("ticked", "remark"), [({}, ""), ({"no_photographs": "y"}, "No photographs")])
def test_only_who_asks_for_no_photographs_has_the_sign(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, ticked: dict[str, str], remark: str
) -> None:
    set_clock(monkeypatch, make.TODAY)
    meeting = make.meeting()
    send(client, meeting, typed(make.category(meeting), **ticked))
    one = only()
    [badge] = faces(meeting, [Bearer(one, None)])
    assert badge.remark == remark
    form = RegistrationForm(None, meeting=meeting, **answers(one, {}))
    assert form.no_photographs.data == bool(remark), "the form that changes it shows what was answered"


def sent(registration: Registration, colour: tuple[int, int, int], **facts: object) -> None:
    content = picture(colour)
    usual = {
        "kind": "photo",
        "content_type": "image/jpeg",
        "content": content,
        "sha256": "0" * 64,
        "given_name": "me.jpg",
        "uploaded_at": make.TODAY,
        "portrait": portrait_of(content),
    }
    make.kept(Upload(registration_id=registration.id, **{**usual, **facts}))
