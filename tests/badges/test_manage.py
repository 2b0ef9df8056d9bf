import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.badges import manage, views
from eventapp.badges.layouts.actions import keep_layout
from eventapp.badges.models import Badge
from eventapp.badges.printing.layouts import Design, Size
from eventapp.badges.queries import badges_of, code_of
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import ORGANIZER, STEWARD
from eventapp.meetings.models import Meeting as MeetingRow
from eventapp.registration.entry import own_token
from eventapp.registration.models import PENDING
from tests import make
from tests.badges.reading import codes, sides, texts
from tests.browserless import PageClient
from tests.counting import counted


@pytest.fixture
def meeting(app: Flask) -> MeetingRow:
    return make.meeting(short_title="Spring review")


@pytest.fixture
def organizer(client: PageClient, meeting: MeetingRow) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def test_the_page_shows_the_badges_to_come(organizer: PageClient, meeting: MeetingRow) -> None:
    make.registration(meeting, record_name="Anong Suksawat", own_name="อนงค์ สุขสวัสดิ์", own_language="th")

    page = organizer.get(f"/meetings/{meeting.slug}/manage/badges").text

    assert "1 of 1 approved are chosen; 1 have no printed badge yet." in page
    assert '<p class="nm"><bdi dir="auto">Anong Suksawat</bdi></p>' in page.replace(' dir="ltr"', ' dir="auto"')
    assert "อนงค์ สุขสวัสดิ์" in page
    assert "Print 1 sheet" in page


def test_a_character_no_font_has_is_named_on_badges_that_are_not_shown(
    organizer: PageClient, meeting: MeetingRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manage, "ON_SCREEN", 1)
    sender = make.delegation(meeting)
    make.registration(meeting, family_name="A", delegation=sender)
    odd = make.registration(meeting, family_name="B", own_name="\U0001e900", delegation=sender)
    page = organizer.get(f"/meetings/{meeting.slug}/manage/badges").text
    assert "2 of 2 approved are chosen" in page and "The PDF has 1 more." in page
    assert f"U+1E900 ADLAM CAPITAL LETTER ALIF in the name in own script of {odd.reference}" in page


def test_printing_answers_with_the_file_and_notes_it(organizer: PageClient, meeting: MeetingRow) -> None:
    registrations = [make.registration(meeting) for _ in range(3)]

    answer = organizer.post(f"/meetings/{meeting.slug}/manage/badges.pdf", data={"size": "card"})

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert sides(answer.data) == [(900, 550)] * 3
    assert codes(answer.data) == sorted(code_of(registration) for registration in registrations)
    assert db.session.scalars(select(Badge).where(Badge.printed_at.is_(None))).all() == []
    assert "Every badge is printed" in organizer.get(f"/meetings/{meeting.slug}/manage/badges").text


def test_printing_nothing_is_refused_on_the_page(organizer: PageClient, meeting: MeetingRow) -> None:
    answer = organizer.post(f"/meetings/{meeting.slug}/manage/badges.pdf", data={"size": "a6"})

    assert answer.status_code == 409
    assert "There is no badge to print." in answer.text


@pytest.mark.parametrize("typed", [{"size": "a0"}, {"size": "a6", "category": "nobody"}])
def test_a_size_or_category_that_is_not_offered_is_bad_input(
    organizer: PageClient, meeting: MeetingRow, typed: dict[str, str]
) -> None:
    answer = organizer.post(f"/meetings/{meeting.slug}/manage/badges.pdf", data=typed)

    assert (
        answer.status_code,
        organizer.get(f"/meetings/{meeting.slug}/manage/badges", query_string=typed).status_code,
    ) == (
        422,
        200,
    )


def test_a_character_without_a_glyph_is_listed(organizer: PageClient, meeting: MeetingRow) -> None:
    make.registration(meeting, number=12, badge_name="Ada \U0001e900")

    page = organizer.get(f"/meetings/{meeting.slug}/manage/badges").text

    assert "U+1E900 ADLAM CAPITAL LETTER ALIF in the name of R-0012" in page


def test_a_lost_badge_is_issued_again(organizer: PageClient, meeting: MeetingRow) -> None:
    registration = make.registration(meeting, number=5)
    before = code_of(registration)

    answer = organizer.post(f"/meetings/{meeting.slug}/manage/badges/R-0005", data={"because": "lost in the lift"})

    assert answer.status_code == 303
    assert [badge.ended_because for badge in badges_of(registration)] == ["", "lost in the lift"]
    assert code_of(registration) != before
    page = organizer.get(answer.location)
    assert "lost in the lift" in page.text
    assert '<article class="badge" dir="ltr"' in page.text  # as it is printed, on a page that reads the other way too


def test_issuing_again_needs_a_reason(organizer: PageClient, meeting: MeetingRow) -> None:
    registration = make.registration(meeting, number=5)

    answer = organizer.post(f"/meetings/{meeting.slug}/manage/badges/R-0005", data={"because": " "})

    assert (answer.status_code, badges_of(registration)) == (422, [])


@pytest.mark.parametrize("role", [STEWARD, None])
def test_only_organizers_print(client: PageClient, meeting: MeetingRow, role: str | None) -> None:
    make.registration(meeting, number=5)
    other = make.meeting()
    client.sign_in(make.staff(meeting, role) if role else make.staff(other, ORGANIZER))

    paths = [f"/meetings/{meeting.slug}/manage/badges", f"/meetings/{meeting.slug}/manage/badges/R-0005"]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert [client.post(path).status_code for path in (paths[0] + ".pdf", paths[1])] == [404, 404]


def test_my_badge_is_one_page_with_my_name_and_code(client: PageClient, meeting: MeetingRow) -> None:
    registration = make.registration(meeting, record_name="Grace Hopper")

    answer = client.get(f"/registrations/{own_token(registration)}/badge.pdf")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert codes(answer.data) == [code_of(registration)]
    assert "Grace Hopper" in texts(answer.data)[0]


def test_my_badge_has_what_stands_on_either_side_and_its_code_always(client: PageClient, meeting: MeetingRow) -> None:
    registration = make.registration(meeting, record_name="Grace Hopper", organization="Navy", languages=["fr"])
    with transaction():
        layout = Design(Size.CARD, ("category",), ("languages",))
        keep_layout(meeting, registration.category, layout, by=None, at=make.TODAY)

    answer = client.get(f"/registrations/{own_token(registration)}/badge.pdf")

    assert (sides(answer.data), codes(answer.data)) == ([(1050, 1480)], [code_of(registration)])
    assert "French" in texts(answer.data)[0] and "Navy" not in texts(answer.data)[0]


def test_my_badge_waits_for_approval(client: PageClient, meeting: MeetingRow) -> None:
    registration = make.registration(meeting, state=PENDING)

    answer = client.get(f"/registrations/{own_token(registration)}/badge.pdf")

    assert answer.status_code == 409
    assert client.get("/registrations/nobody/badge.pdf").status_code == 404


def test_my_badge_is_not_printed_without_end(
    client: PageClient, meeting: MeetingRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At one moment: a count that begins anew with the minute would let the eleventh through now and then."""
    monkeypatch.setattr(views, "now", lambda: make.TODAY)
    path = f"/registrations/{own_token(make.registration(meeting))}/badge.pdf"

    assert [client.get(path).status_code for _ in range(11)] == [200] * 10 + [429]


def test_the_list_costs_the_same_for_one_and_for_three(organizer: PageClient, meeting: MeetingRow) -> None:
    make.registration(meeting)
    with counted() as one:
        organizer.get(f"/meetings/{meeting.slug}/manage/badges")
    make.registration(meeting)
    make.registration(meeting)
    with counted() as three:
        organizer.get(f"/meetings/{meeting.slug}/manage/badges")

    assert len(one) == len(three)


def test_a_badge_is_in_the_language_of_the_meeting_whoever_prints(client: PageClient) -> None:
    french = make.meeting(languages=["fr", "en"], short_title="Réunion", texts={"en": {"short_title": "Review"}})
    make.category(french, code="press", name="Presse", texts={"en": {"name": "Media"}})
    make.registration(french, category=french.categories[-1])
    client.sign_in(make.staff(french, ORGANIZER))
    page = client.get(f"/meetings/{french.slug}/manage/badges", headers={"Accept-Language": "en"}).text
    assert 'class="badge" dir="ltr" lang="fr"' in page
    badge = page[page.index('class="badge"') :]
    badge = badge[: badge.index("</article>")]
    assert "Presse" in badge and "Réunion" in badge and "Media" not in badge and "Review" not in badge


def test_a_size_for_this_time_has_the_parts_of_the_layout_and_is_not_kept(
    organizer: PageClient, meeting: MeetingRow
) -> None:
    make.registration(
        meeting, record_name="Anong Suksawat", own_name="อนงค์ สุขสวัสดิ์", organization="Ministry of Digital Economy"
    )
    badges = f"/meetings/{meeting.slug}/manage/badges"
    assert "Ministry of Digital Economy" in organizer.get(badges).text
    with transaction():
        keep_layout(meeting, None, Design(Size.A6, ("organization", "code")), by=None, at=make.TODAY)

    answer = organizer.post(f"{badges}.pdf", data={"size": "a7"})

    [words] = texts(answer.data)
    assert (sides(answer.data), "Ministry" in words, "อนงค์" in words) == ([(740, 1050)], True, False)
    page = organizer.get(f"{badges}?printed=y").text
    assert "Ministry of Digital Economy" in page and "อนงค์" not in page
    assert '<option selected value="">As the layouts say</option>' in page
    assert Design.of(meeting.badge_layout).size == Size.A6


def test_how_many_pages_a_size_takes_is_said(organizer: PageClient, meeting: MeetingRow) -> None:
    for _each in range(9):
        make.registration(meeting)
    badges = f"/meetings/{meeting.slug}/manage/badges"
    for size, button in (("sheet", "Print 3 sheets"), ("a7-sheet", "Print 2 sheets"), ("folded", "Print 9 pages")):
        assert button in organizer.get(f"{badges}?size={size}").text
