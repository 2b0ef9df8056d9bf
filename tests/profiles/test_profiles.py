"""Public pages of speakers: there by their own consent alone, with what was released, and gone at once."""

import pytest
from icalendar import Calendar
from sqlalchemy import select

from eventapp.agenda.models import SpeakingRole
from eventapp.agenda.roles.actions import end_role
from eventapp.documents.models import DocumentFile, SessionDocument
from eventapp.ground.db import db, transaction
from eventapp.home.registration.everything import all_about
from eventapp.meetings.models import Document, Meeting
from eventapp.profiles.actions import Wanted, publish
from eventapp.profiles.models import Profile
from eventapp.profiles.queries import pages_by_part
from eventapp.registration.models import Registration, Upload
from eventapp.registration.photographs.models import PhotoCheck
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.make_agenda import published, role_link
from tests.my_agenda.conftest import token_of
from tests.profiles.conftest import PUBLIC
from tests.registration.test_uploads import picture

AGENDA, SESSION = "/meetings/spring/agenda", "/meetings/spring/sessions/S0"
TYPED = {"biography_en": "Wrote the first compiler.", "biography_fr": "A écrit le premier compilateur."}


def photograph(registration: Registration) -> Upload:
    facts = {"content_type": "image/jpeg", "sha256": "0" * 64, "given_name": "me.jpg", "uploaded_at": TODAY}
    return make.kept(Upload(registration_id=registration.id, kind="photo", content=picture("JPEG"), **facts))


def test_nobody_has_a_page_until_they_publish_it(client: PageClient, mine: str) -> None:
    assert client.get(PUBLIC).status_code == 404
    table = client.get(f"{AGENDA}?view=table").text
    assert "/people/" not in client.get(AGENDA).text + client.get(SESSION).text + table
    assert "Grace Hopper" in table
    assert client.get(mine).status_code == 200
    assert client.get(PUBLIC).status_code == 404


def test_the_page_says_what_was_released_and_what_the_person_wrote(
    client: PageClient, mine: str, part: SpeakingRole
) -> None:
    assert client.post(mine, data=TYPED).status_code == 303
    page = client.get(PUBLIC).text
    for words in ("Grace Hopper", "Rear admiral", "Navy", "first compiler", "Title 0", "Title 1", "Moderator"):
        assert words in page, words
    for words in ("Title 2", "Only in the draft", "grace@example.org", "+66", "premier"):
        assert words not in page, words
    french = client.get(PUBLIC, headers={"Accept-Language": "fr"}).text
    assert "premier compilateur" in french and "first compiler" not in french


def test_names_lead_to_it_and_stop_at_once_with_it_in_pages_that_are_kept(client: PageClient, mine: str) -> None:
    assert PUBLIC not in client.get(AGENDA).text  # the page before is kept by now
    client.post(mine, data=TYPED)
    assert client.get(AGENDA).text.count(f'href="{PUBLIC}"') == 2
    assert f'href="{PUBLIC}"' in client.get(SESSION).text
    assert f'href="{PUBLIC}"' in client.get(f"{AGENDA}?view=table").text
    assert "/people/" not in client.get("/meetings/spring/sessions/S2").text
    client.post(f"{mine}/end")
    assert [client.get(path).status_code for path in (PUBLIC, f"{PUBLIC}/photograph")] == [404, 404]
    assert "/people/" not in client.get(AGENDA).text + client.get(SESSION).text
    assert db.session.scalars(select(Profile)).all() == []
    assert "first compiler" not in client.get(mine).text


def test_the_photograph_is_shown_where_the_person_says_so_and_it_may_be_shown(
    client: PageClient, mine: str, grace: Registration
) -> None:
    photo = photograph(grace)
    client.post(mine, data=TYPED)
    assert (client.get(f"{PUBLIC}/photograph").status_code, "<img" in client.get(PUBLIC).text) == (404, False)
    client.post(mine, data={**TYPED, "shows_photo": "y"})
    answer = client.get(f"{PUBLIC}/photograph")
    assert (answer.status_code, answer.data) == (200, photo.content)
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert f'src="{PUBLIC}/photograph"' in client.get(PUBLIC).text
    make.kept(PhotoCheck(upload_id=photo.id, accepted=False, reason="Too dark", at=TODAY))
    assert client.get(f"{PUBLIC}/photograph").status_code == 404


def test_the_link_of_a_part_does_the_same_for_who_is_not_registered(client: PageClient, meeting: Meeting) -> None:
    session = make.session(meeting, code="S5", title="Title 5")
    role = make.role(session, name="พิมพ์ชนก", person_id=make.person("Pim").id)
    published(meeting)
    there = f"/roles/{role_link(role)}/public-page"
    assert there in client.get(there.removesuffix("/public-page")).text
    assert client.post(there, data={"biography_en": "An engineer."}).status_code == 303
    assert "An engineer." in client.get("/meetings/spring/people/speaker").text  # her script has no Latin letters
    client.post(f"{there}/end")
    assert client.get("/meetings/spring/people/speaker").status_code == 404


def test_their_calendar_has_their_sessions_as_every_other_calendar_has_them(
    client: PageClient, mine: str, part: SpeakingRole
) -> None:
    assert client.get(f"{PUBLIC}.ics").status_code == 404
    client.post(mine, data=TYPED)
    answer = client.get(f"{PUBLIC}.ics")
    found = Calendar.from_ical(answer.data)
    events = {str(one["UID"]): str(one["SUMMARY"]) for one in found.walk("VEVENT")}
    whole = Calendar.from_ical(client.get("/meetings/spring/agenda.ics").data).walk("VEVENT")
    assert sorted(events.values()) == ["S0 Title 0", "S1 Title 1"]
    assert events.items() <= {str(one["UID"]): str(one["SUMMARY"]) for one in whole}.items()
    assert str(found["X-WR-CALNAME"]).endswith(": Grace Hopper")
    assert "grace@example.org" not in answer.text
    again = client.get(f"{PUBLIC}.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    page = client.get(PUBLIC).text
    assert f'href="webcal://localhost{PUBLIC}.ics?language=en"' in page and "calendar.google.com" in page
    client.post(f"{mine}/end")
    headers = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"{PUBLIC}.ics", headers=headers).status_code == 404


def test_who_has_no_part_publishes_nothing(client: PageClient, meeting: Meeting) -> None:
    other = make.registration(meeting)
    there = f"/registrations/{token_of(other)}/public-page"
    assert client.get(there).status_code == 404
    assert client.post(there, data=TYPED).status_code == 404
    assert "public-page" not in client.get(there.removesuffix("/public-page")).text


def test_a_part_that_ended_stays_until_the_next_release_and_never_goes_to_a_namesake(
    client: PageClient, mine: str, meeting: Meeting, grace: Registration
) -> None:
    client.post(mine, data=TYPED)
    role = db.session.scalars(
        select(SpeakingRole).where(SpeakingRole.role == "speaker").order_by(SpeakingRole.id)
    ).first()
    assert role is not None
    with transaction():
        end_role(role, by=None, at=TODAY)
    assert "Title 0" in client.get(PUBLIC).text  # it is on the agenda that the public sees
    make.role(role.session, name="Grace Hopper", person_id=make.person("Grace Hopper", "other@example.org").id)
    assert "Title 0" not in client.get(PUBLIC).text


def test_two_of_one_name_have_pages_of_their_own(client: PageClient, mine: str, meeting: Meeting) -> None:
    client.post(mine, data=TYPED)
    session = make.session(meeting, code="S6", title="Title 6")
    other = make.role(session, name="Grace Hopper", person_id=make.person("Grace Hopper", "other@example.org").id)
    published(meeting)
    client.post(f"/roles/{role_link(other)}/public-page", data={})
    page = client.get(f"{PUBLIC}-2").text
    assert "Title 6" in page and "Title 0" not in page
    assert "Title 6" not in client.get(PUBLIC).text


def test_two_tabs_do_not_write_over_one_another(client: PageClient, mine: str) -> None:
    client.get(mine)
    seen = {"seen": "0" * 16}
    client.post(mine, data=TYPED)
    answer = client.post(mine, data={**seen, "biography_en": "Something else."})
    assert answer.status_code == 409
    assert "Something else." in answer.text and "Wrote the first compiler." in answer.text
    assert "Wrote the first compiler." in client.get(PUBLIC).text


def test_what_is_too_long_is_said_and_changes_nothing(client: PageClient, mine: str) -> None:
    answer = client.post(mine, data={"biography_en": "a" * 3001})
    assert answer.status_code == 422
    assert client.get(PUBLIC).status_code == 404


def test_a_closed_meeting_publishes_nothing_more_but_takes_down(
    client: PageClient, mine: str, meeting: Meeting
) -> None:
    client.post(mine, data=TYPED)
    with transaction():
        db.session.get_one(Meeting, meeting.id).closed_at = TODAY
    assert client.post(mine, data={"biography_en": "Other."}).status_code == 409
    assert client.post(f"{mine}/end").status_code == 303
    assert client.get(PUBLIC).status_code == 404


def test_it_is_in_what_is_kept_about_somebody(client: PageClient, mine: str, grace: Registration) -> None:
    assert all_about(grace)["public_page"] is None
    client.post(mine, data=TYPED)
    page = all_about(grace)["public_page"]
    assert (page["address"], page["biography"]["en"]) == ("grace-hopper", "Wrote the first compiler.")


def test_papers_of_the_sessions_are_there_by_their_own_rule(client: PageClient, mine: str, meeting: Meeting) -> None:
    session = pages_session(meeting)
    for symbol, audience in (("E/1", "public"), ("E/2", "participants")):
        paper = make.kept(Document(meeting_id=meeting.id, symbol=symbol, title=f"Paper {symbol}", audience=audience))
        make.kept(SessionDocument(document_id=paper.id, session_id=session))
        facts = {"content_type": "text/plain", "size": 1, "sha256": "0" * 64, "given_name": "a", "uploaded_at": TODAY}
        make.kept(DocumentFile(document_id=paper.id, language="en", version=1, content=b"x", **facts))
    client.post(mine, data=TYPED)
    page = client.get(PUBLIC).text
    assert "/documents/1/en" in page and "/documents/2/en" not in page


def pages_session(meeting: Meeting) -> int:
    return db.session.scalars(select(SpeakingRole.session_id).order_by(SpeakingRole.id)).first() or 0


@pytest.mark.parametrize("people", [1, 12])
def test_the_agenda_asks_once_for_all_pages(meeting: Meeting, people: int) -> None:
    for number in range(people):
        somebody = make.person(f"Speaker {number}")
        make.role(make.session(meeting, code=f"P{number}"), name=somebody.name, person_id=somebody.id)
        with transaction():
            publish(somebody, meeting, Wanted({}, shows_photo=False), at=TODAY)
    assert meeting.id  # read again after the transactions
    with counted() as sent:
        assert len(pages_by_part(meeting)) == people
    assert len(sent) == 1
