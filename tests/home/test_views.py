import re
from datetime import UTC, date, datetime, timedelta

import pytest

from eventapp.ground.db import transaction
from eventapp.home import views
from eventapp.home.mine import MOST_MINE, meetings_of
from eventapp.home.queries import MOST_COMING, MOST_PAST, public_meetings
from eventapp.mail.actions import empty_old, post
from eventapp.mail.models import SENT
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Body
from eventapp.meetings.organizers.models import BodyOrganizer
from eventapp.registration.entry import own_token
from eventapp.registration.mails import personal
from tests import make, make_review
from tests.browserless import PageClient
from tests.counting import counted

EVENING = datetime(2026, 3, 16, 16, 59, tzinfo=UTC)  # 23:59 in Bangkok on the day of the meeting
MIDNIGHT = datetime(2026, 3, 16, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: make.TODAY)


def test_a_meeting_is_coming_until_its_last_day_is_over_where_it_is(client: PageClient) -> None:
    meeting = make.meeting()
    assert [one.id for one in public_meetings(at=EVENING).coming] == [meeting.id]
    assert [one.id for one in public_meetings(at=MIDNIGHT).past] == [meeting.id]


def test_the_next_meeting_stands_first(client: PageClient) -> None:
    later = make.meeting(starts_on=date(2026, 4, 2), ends_on=date(2026, 4, 2))
    sooner = make.meeting()
    meetings = public_meetings(at=make.TODAY)
    assert [one.id for one in meetings.coming] == [sooner.id, later.id]
    assert meetings.nearest is not None
    assert meetings.nearest.id == sooner.id


def test_a_meeting_that_is_not_published_is_nobodys_business(client: PageClient) -> None:
    make.meeting(published_at=None, title="Secret meeting")
    page = client.get("/").text
    assert "Secret meeting" not in page
    assert "No meeting is announced." in page


def test_the_front_page_leads_to_registration_while_it_is_open(client: PageClient) -> None:
    opened = make.meeting()
    closed = make.meeting(registration_closes_at=make.TODAY)
    page = client.get("/").text
    assert f"/meetings/{opened.slug}/registration/new" in page
    assert f"/meetings/{closed.slug}/registration/new" not in page


def test_the_front_page_leads_to_the_newest_reports(client: PageClient) -> None:
    meeting = make.meeting()
    assert "Latest reports" not in client.get("/").text
    report = make_review.report(meeting, title="What came of it")
    with transaction():
        report.published_at, report.version = make.TODAY, 1
    page = client.get("/").text
    assert "Latest reports" in page and "What came of it" in page
    assert f'href="/meetings/{meeting.slug}/reports/{report.name}"' in page


def test_the_front_page_leads_those_who_record_to_their_sessions(client: PageClient) -> None:
    meeting = make.meeting()
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert f'href="/meetings/{meeting.slug}/record"' in client.get("/").text


def test_my_meetings_are_those_i_registered_for_or_work_at(client: PageClient) -> None:
    attended, organized = make.meeting(), make.meeting()
    make.meeting()
    somebody = make.registration(attended).person
    make.staff(organized, ORGANIZER, somebody)
    shown = meetings_of(somebody, at=make.TODAY).shown
    mine = {one.meeting.id: (one.registration is not None, one.roles) for one in shown}
    assert mine == {attended.id: (True, frozenset()), organized.id: (False, frozenset({ORGANIZER}))}


def test_the_meetings_of_a_body_are_mine_where_i_organize_it(client: PageClient) -> None:
    person, root = make.person(), make.administrator()
    mine, other = make.meeting(published_at=None), make.meeting()
    make.kept(Body(meeting_id=mine.id, code="cict", name="Committee on ICT"))
    make.kept(Body(meeting_id=other.id, code="rcm", name="Regional coordination"))
    make.kept(BodyOrganizer(code="cict", person_id=person.id, granted_at=make.TODAY, granted_by_id=root.id))
    found = meetings_of(person, at=make.TODAY)
    assert [(one.meeting.id, one.roles) for one in found.shown] == [(mine.id, frozenset({ORGANIZER}))]
    page = client.sign_in(person).get("/").text
    assert f'href="/meetings/{mine.slug}/manage/"' in page and "Draft" in page
    assert 'href="/manage/meetings/new"' in page
    assert meetings_on(client.get("/meetings?mine=1&when=draft").text) == []
    assert mine.slug in client.get("/meetings?mine=1&when=draft").text


def test_the_first_of_my_meetings_are_shown_and_the_others_linked(client: PageClient) -> None:
    somebody = make.person()
    days = [date(2026, 3, 1) - timedelta(days=number) for number in range(MOST_MINE)]
    days += [date(2026, 4, 2), date(2026, 4, 1)]
    for day in days:
        make.staff(make.meeting(starts_on=day, ends_on=day), RAPPORTEUR, somebody)
    make.meeting(starts_on=days[0], ends_on=days[0])
    found = meetings_of(somebody, at=make.TODAY)
    assert [one.meeting.starts_on for one in found.shown] == [*reversed(days[-2:]), *days[: MOST_MINE - 2]]
    assert found.count == MOST_MINE + 2
    page = client.sign_in(somebody).get("/").text
    assert f'href="/meetings?mine=1">All my meetings <span class="num">({MOST_MINE + 2})</span>' in page
    assert f"({MOST_MINE})" in client.get("/meetings?mine=1").text
    assert f"({MOST_MINE + 1})" in client.get("/meetings").text


def test_whoever_has_no_meeting_is_led_to_the_next_ones(client: PageClient) -> None:
    make.meeting()

    page = client.sign_in(make.person()).get("/").text

    assert ('href="#mine"' in page, page.count('href="#next"'), 'id="next"' in page) == (False, 3, True)
    assert "You have no meeting yet" in page


def test_a_meeting_leads_those_who_work_at_it_to_their_work(client: PageClient) -> None:
    meeting = make.meeting()
    page = f"/meetings/{meeting.slug}/"
    ways = {ORGANIZER: "manage/", RAPPORTEUR: "record", "steward": "door"}
    assert not any(f'href="{page}{way}"' in client.get(page).text for way in ways.values())
    for role, way in ways.items():
        about = client.sign_in(make.staff(meeting, role)).get(page).text
        assert [one for one in ways.values() if f'href="{page}{one}"' in about] == [way]
    assert f'href="{page}manage/"' in client.sign_in(make.administrator()).get(page).text


def test_my_registration_leads_to_my_own_page(client: PageClient) -> None:
    meeting = make.meeting()
    registration = make.registration(meeting)
    path = f"/meetings/{meeting.slug}/my-registration"
    token = own_token(registration)
    assert "Open the link in the email that confirmed your registration." in client.get(path).text
    assert client.sign_in(registration.person).get(path).location == f"/registrations/{token}"


def test_the_front_page_asks_as_often_for_three_meetings_as_for_one(client: PageClient) -> None:
    make.meeting()
    client.get("/")
    with counted() as one:
        client.get("/")
    make.meeting()
    make.meeting()
    with counted() as three:
        client.get("/")
    assert len(one) == len(three)


def test_every_meeting_is_reached_from_the_front_page(client: PageClient) -> None:
    """57 to come and 133 past: the front page shows the first of both and leads to pages that lose nobody."""
    days = [date(2026, 3, 16) + timedelta(days=number) for number in range(57)]
    days += [date(2026, 3, 1) - timedelta(days=3 * number) for number in range(133)]
    slugs = {make.meeting(starts_on=day, ends_on=day, short_title=f"Meeting {day}").slug for day in days}
    make.meeting(published_at=None, slug="secret")
    front = client.get("/").text
    assert len(meetings_on(front)) == MOST_COMING + MOST_PAST
    found, links = [], re.findall(r'href="(/meetings\?when=\w+)"', front)
    assert links == ["/meetings?when=coming", "/meetings?when=past"]
    for link in links:
        page = client.get(link).text
        assert "(57)" in page and "(133)" in page
        while True:
            found += meetings_on(page)
            after = re.search(r'rel="next" href="([^"]+)"', page)
            if after is None:
                break
            page = client.get(after[1].replace("&amp;", "&")).text
    assert (len(found), set(found)) == (190, slugs)
    asked = found[:57]
    assert asked == sorted(asked, key=lambda slug: int(slug.removeprefix("meeting-")))


def meetings_on(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/meetings/([^/"]+)/">', page)


def test_meetings_are_found_by_words_year_and_body(client: PageClient) -> None:
    old = make.meeting(slug="old", title="Réunion de Bangkok", starts_on=date(2019, 12, 30), ends_on=date(2020, 1, 2))
    new = make.meeting(slug="new", city="Dhaka", country="BGD")
    for meeting, code, name in ((old, "cict", "Committee on ICT"), (new, "rcm", "Regional coordination")):
        make.kept(Body(meeting_id=meeting.id, code=code, name=name))
    make.meeting(slug="secret", published_at=None, title="Réunion secrète", starts_on=date(2018, 1, 1))

    def found(question: str) -> tuple[list[str], list[str]]:
        return (
            meetings_on(client.get(f"/meetings?when=coming&{question}").text),
            meetings_on(client.get(f"/meetings?when=past&{question}").text),
        )

    assert found("") == found("year=x&page=99") == (["new"], ["old"])
    assert found("q=REUNION+bangkok") == found("year=2019") == found("year=2020") == found("body=cict") == ([], ["old"])
    assert found("q=bangladesh") == found("body=rcm") == (["new"], [])
    assert found("q=reunion&body=rcm") == found("year=2018") == found("q=secrete") == ([], [])
    page = client.get("/meetings?q=nowhere").text
    assert "Nothing fits" in page and "Committee on ICT" in page and "2018" not in page
    assert meetings_on(client.get("/meetings?q=reunion").text) == ["old"]  # where nothing fits that is to come


def test_without_a_meeting_the_list_says_so(client: PageClient) -> None:
    assert "No meeting is announced." in client.get("/meetings").text


def test_the_list_asks_as_often_for_many_meetings_as_for_one(client: PageClient) -> None:
    make.meeting()
    client.get("/meetings")
    with counted() as one:
        client.get("/meetings")
    for _ in range(25):
        make.meeting()
    with counted() as many:
        client.get("/meetings")
    assert len(one) == len(many)


def test_a_letter_is_read_again_without_what_opens_anything(client: PageClient) -> None:
    registration = make.registration(make.meeting(slug="spring"))
    other = make.registration(make.meeting(slug="autumn"))
    link = f"/registrations/{own_token(registration)}"
    with transaction():
        row = post(personal(registration, "Your visa", "Words of their own."), at=make.TODAY)
        strange = post(personal(other, "Other", "Not yours."), at=make.TODAY)
    assert f'href="{link}/emails/{row.id}"' in client.get(link).text
    page = client.get(f"{link}/emails/{row.id}").text
    assert "Your visa" in page and "Words of their own." in page and "/registrations/…" in page
    assert client.get(f"{link}/emails/{strange.id}").status_code == 404


def test_my_registration_says_that_the_text_of_an_email_is_no_longer_kept(client: PageClient) -> None:
    registration = make.registration(make.meeting(slug="spring"))
    link = f"/registrations/{own_token(registration)}"
    with transaction():
        row = post(personal(registration, "Your visa", "Words of their own."), at=make.TODAY)
    assert "The text of an email is deleted" not in client.get(link).text
    with transaction():
        row.state = SENT
    with transaction():
        empty_old(before=make.TODAY + timedelta(days=1), at=make.TODAY + timedelta(days=91))
    page = client.get(link).text
    assert "Subject no longer kept" in page and "The text of an email is deleted 90 days after it was sent." in page
    page = client.get(f"{link}/emails/{row.id}").text
    assert "The text of this email is no longer kept. It was deleted on" in page
    assert "Your visa" not in page and "Words of their own." not in page
