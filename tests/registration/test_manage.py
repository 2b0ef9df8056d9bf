"""What organizers do with registrations, by the page."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import event, select

from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.mail.models import Letter
from eventapp.meetings.models import Category, Meeting
from eventapp.registration import manage
from eventapp.registration.changes import manage as correcting
from eventapp.registration.changes.actions import amend
from eventapp.registration.decisions import manage as deciding
from eventapp.registration.lists import listing
from eventapp.registration.lists import manage as lists
from eventapp.registration.models import APPROVED, DECLINED, LETTER, PENDING, WAITING, Registration, Upload
from eventapp.registration.queries import open_amendment
from eventapp.registration.walk_ins import manage as walk_ins
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed, same, states
from tests.registration.filling import typed

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (manage, deciding, walk_ins, lists, correcting):
        monkeypatch.setattr(room, "now", lambda: TODAY)


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def checked(meeting: Meeting, **facts: Any) -> Category:
    return make.category(meeting, needs_approval=True, **facts)


def put(client: PageClient, registration: Registration, act: str, **more: str) -> int:
    address = f"/meetings/spring/manage/registrations/{registration.reference}"
    return client.post(address, data={"do": act, **more}).status_code


def test_the_list_shows_what_is_to_check_with_counts(organizer: PageClient, meeting: Meeting) -> None:
    category = checked(meeting, needs_letter=True)
    confirmed(meeting, category, record_name="Tshering Dorji", own_name="ཚེ་རིང་རྡོ་རྗེ", own_language="dz")
    confirmed(meeting, record_name="Li Wenjing")

    page = organizer.get("/meetings/spring/manage/registrations").text

    assert "Tshering Dorji" in page and '<bdi lang="dz"' in page
    assert "Li Wenjing" not in page
    for count in ("To check 1", "Approved 1", "No letter 1", "Refused 0", "Waiting list 0", "Everyone 2"):
        assert count in page


@pytest.mark.parametrize("word", ["tshering", "DORJI", "རིང", "téléc", "telec", "R-0001", "anong1@", "dorji tel"])
def test_a_search_finds_both_scripts_the_organization_and_the_number(
    organizer: PageClient, meeting: Meeting, word: str
) -> None:
    facts: dict[str, Any] = {"record_name": "Tshering Dorji", "own_name": "ཚེ་རིང་རྡོ་རྗེ", "delegation": "Télécommunication"}
    confirmed(meeting, email="anong1@example.org", given_name="T", family_name="D", **facts)
    confirmed(meeting, record_name="Somebody Else", delegation="ITU")

    page = organizer.get("/meetings/spring/manage/registrations", query_string={"q": word}).text

    assert "Tshering Dorji" in page and "Somebody Else" not in page


@pytest.mark.parametrize("word", ["isik", "IŞIK", "Işık", "lukasz", "Łukasz", "dang", "Đặng"])
def test_a_search_finds_letters_that_take_no_accent_apart(organizer: PageClient, meeting: Meeting, word: str) -> None:
    confirmed(meeting, record_name="Łukasz Işık", delegation="Đặng Institute")
    confirmed(meeting, record_name="Somebody Else", delegation="ITU")

    page = organizer.get("/meetings/spring/manage/registrations", query_string={"q": word}).text

    assert "Łukasz Işık" in page and "Somebody Else" not in page


@pytest.mark.parametrize("word", ["%", "_", "\\", "' or 1=1 --", "x" * 500])
def test_a_search_takes_every_sign_as_it_is(organizer: PageClient, meeting: Meeting, word: str) -> None:
    confirmed(meeting, record_name="Tshering Dorji")

    assert "Nobody fits" in organizer.get("/meetings/spring/manage/registrations", query_string={"q": word}).text


def test_what_was_decided_about_one_is_said_in_the_panel(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting, checked(meeting, needs_letter=True), record_name="Tshering Dorji")
    address = f"/meetings/spring/manage/registrations/{registration.reference}"

    answer = organizer.post(address, data={"do": "ask", "reason": "Send the note."})
    page = organizer.get(answer.location).text

    assert "Tshering Dorji gets an email that asks for the letter." in page.partition('id="panel"')[2]


def test_pressing_take_back_twice_takes_back_the_decision_shown(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting, checked(meeting))
    put(organizer, registration, "wait")
    put(organizer, registration, "refuse", reason="Send the note.")
    page = organizer.get(f"/meetings/spring/manage/registrations?open={registration.reference}")
    shown = hidden(page.text.partition('id="panel"')[2])

    assert [put(organizer, registration, "undo", **shown) for _press in range(2)] == [303, 303]
    assert states(registration) == [APPROVED], "as it was when a place was free, and no further back"


def test_pressing_take_back_of_many_twice_takes_back_what_was_just_decided(
    organizer: PageClient, meeting: Meeting
) -> None:
    one, other = (confirmed(meeting, checked(meeting)) for _ in range(2))
    address = "/meetings/spring/manage/registrations"
    both = [one.reference, other.reference]
    organizer.post(address, data={"do": "refuse", "pick": both, "reason": "Send the note."})
    answer = organizer.post(address, data={"do": "approve", "pick": both})
    page = organizer.get(answer.location).text
    shown = re.findall('name="decision" value="([0-9]+)"', page)

    for _press in range(2):
        organizer.post(address, data={"do": "undo", "pick": both, "decision": shown})

    assert (len(shown), states(one, other)) == (2, [DECLINED, DECLINED])


def test_a_letter_to_one_person_sent_twice_goes_out_once(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting)
    address = f"/meetings/spring/manage/registrations/{registration.reference}/message"
    shown = hidden(organizer.get(address).text)

    for _press in range(2):
        organizer.post(address, data={**shown, "subject": "The bus", "words": "It leaves at eight."})

    assert len(db.session.scalars(select(Letter).where(Letter.subject == "The bus")).all()) == 1


def hidden(page: str) -> dict[str, str]:
    """What a form carries along unseen."""
    return dict(re.findall('<input[^>]*name="(key|decision)"[^>]*value="([^"]*)"', page))


def test_filters_and_orders(organizer: PageClient, meeting: Meeting) -> None:
    media, state = make.category(meeting, name="Media"), make.category(meeting, name="Member State")
    confirmed(meeting, media, record_name="Zed", family_name="Zed")
    confirmed(meeting, state, record_name="Abe", family_name="Abe", delegation="Bhutan", delegation_country="BTN")

    def shown(**words: str) -> list[str]:
        page = organizer.get("/meetings/spring/manage/registrations", query_string={"state": "everyone", **words}).text
        return sorted(
            (name for name in ("Zed", "Abe") if f">{name}</bdi>" in page), key=lambda name: page.index(f">{name}<")
        )

    assert shown() == ["Abe", "Zed"]
    assert shown(sort="name") == ["Abe", "Zed"]
    assert shown(sort="for") == ["Abe", "Zed"]
    assert shown(type=media.code) == ["Zed"]
    assert shown(subregion="South and South-West Asia") == ["Abe"]
    assert shown(letter="received") == []
    assert shown(page="99999999999", sort="x", letter="y") == ["Abe", "Zed"]


def test_the_panel_shows_one_registration_and_decides(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting, checked(meeting), record_name="Tshering Dorji", access_needs="Step-free access")

    page = organizer.get(f"/meetings/spring/manage/registrations?open={registration.reference}").text
    assert "Step-free access" in page and "None asked" in page

    answer = organizer.post("/meetings/spring/manage/registrations/R-0001", data={"do": "approve", "state": "everyone"})
    assert (answer.status_code, answer.location) == (
        303,
        "/meetings/spring/manage/registrations?state=everyone&open=R-0001#panel",
    )
    assert states(registration) == [APPROVED]
    assert put(organizer, registration, "undo") == 303
    assert states(registration) == [PENDING]


def test_a_refusal_of_the_domain_is_told_on_the_same_page(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting, checked(meeting))

    answer = organizer.post("/meetings/spring/manage/registrations/R-0001", data={"do": "refuse", "reason": ""})

    assert (answer.status_code, states(registration)) == (409, [PENDING])
    assert "Write the reason: the person reads it word for word." in answer.text
    assert put(organizer, registration, "refuse", reason="No letter came.") == 303
    assert states(registration) == [DECLINED]
    assert put(organizer, registration, "dance") == 400


def test_many_are_approved_as_far_as_places_go(organizer: PageClient, meeting: Meeting) -> None:
    category = checked(meeting, capacity=2)
    everybody = [confirmed(meeting, category) for _ in range(3)]
    data = {"do": "approve", "pick": [one.reference for one in everybody]}

    answer = organizer.post("/meetings/spring/manage/registrations", data=data)

    assert states(*everybody) == [APPROVED, APPROVED, PENDING]
    page = organizer.get(answer.location).text
    assert "2 of 3 approved." in page and "R-0003: Every place for" in page and "Undo" in page
    organizer.post("/meetings/spring/manage/registrations", data={"do": "undo", "pick": ["R-0001", "R-0002"]})
    assert states(*everybody) == [PENDING, PENDING, PENDING]


def test_refusing_many_asks_for_the_reason_first(organizer: PageClient, meeting: Meeting) -> None:
    category = checked(meeting)
    everybody = [confirmed(meeting, category) for _ in range(2)]
    data = {"do": "refuse", "pick": [one.reference for one in everybody]}

    question = organizer.post("/meetings/spring/manage/registrations", data=data)
    assert (question.status_code, "Refuse 2 registrations" in question.text) == (200, True)
    nothing = organizer.post("/meetings/spring/manage/registrations", data={**data, "reason": " "})
    assert (nothing.status_code, "Write the reason: the person" in nothing.text) == (422, True)
    assert "Write the reason: the person" not in question.text
    wrong = organizer.post("/meetings/spring/manage/registrations", data={**data, "reason": "Only States\x0b."})
    assert (wrong.status_code, "Remove the hidden control character." in wrong.text) == (422, True)
    assert "Only States" in wrong.text and states(*everybody) == [PENDING, PENDING]
    organizer.post("/meetings/spring/manage/registrations", data={**data, "reason": "The meeting is for States."})

    assert states(*everybody) == [DECLINED, DECLINED]
    reasons = db.session.scalars(select(Letter).where(Letter.kind == "registration/mail/declined.txt"))
    assert ["The meeting is for States." in letter.text for letter in reasons] == [True, True]


def test_ticking_nobody_is_told(organizer: PageClient, meeting: Meeting) -> None:
    answer = organizer.post("/meetings/spring/manage/registrations", data={"do": "approve"})

    assert "Nobody was ticked." in organizer.get(answer.location).text


def test_the_letter_is_asked_for_and_read(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting, checked(meeting, needs_letter=True))
    organizer.post("/meetings/spring/manage/registrations", data={"do": "ask", "pick": [registration.reference]})
    assert (
        db.session.scalars(select(Letter.kind).order_by(Letter.id.desc())).first()
        == "registration/mail/letter_wanted.txt"
    )

    make.kept(
        Upload(registration_id=registration.id, kind=LETTER, content_type="application/pdf", content=PDF, sha256="0",
               given_name="note.pdf", uploaded_at=TODAY)
    )  # fmt: skip
    answer = organizer.get("/meetings/spring/manage/registrations/R-0001/letter")

    assert (answer.data, answer.headers["Content-Disposition"]) == (PDF, 'attachment; filename="R-0001-letter.pdf"')
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Received" in organizer.get("/meetings/spring/manage/registrations").text


def test_a_change_after_approval_is_shown_with_its_difference(organizer: PageClient, meeting: Meeting) -> None:
    registration = confirmed(meeting, record_name="Anong Suksawat")
    with transaction():
        amend(registration, same(registration, record_name="Ms. Anong Suksawat"), by=None, at=TODAY)

    page = organizer.get("/meetings/spring/manage/registrations?open=R-0001").text
    assert "<del>Anong Suksawat</del> <ins>Ms. Anong Suksawat</ins>" in page
    assert "Changed after approval" in organizer.get("/meetings/spring/manage/registrations?changed=1").text
    assert put(organizer, registration, "accept-change") == 303
    assert (registration.record_name, open_amendment(registration)) == ("Ms. Anong Suksawat", None)
    assert put(organizer, registration, "accept-change") == 409


def test_a_person_is_added_at_the_counter(organizer: PageClient, meeting: Meeting) -> None:
    category = checked(meeting, takes_registrations=False)
    assert organizer.get("/meetings/spring/manage/registrations/new").status_code == 200

    answer = organizer.post("/meetings/spring/manage/registrations/new", data=typed(category))

    assert answer.status_code == 303
    after = organizer.get(answer.location).text
    assert "Ms. Anong Suksawat has a place as R-0001." in after
    assert 'href="/meetings/spring/door/badges/R-0001"' in after, "the badge is what they wait for"
    again = organizer.post("/meetings/spring/manage/registrations/new", data=typed(category, key="other"))
    assert (again.status_code, "is registered already as R-0001" in again.text) == (409, True)
    assert organizer.post("/meetings/spring/manage/registrations/new", data={}).status_code == 422


@pytest.mark.parametrize("represents", ["member", "associate", "state", "organization"])
@pytest.mark.parametrize("corrected", [True, False])
def test_who_writes_down_another_s_answers_is_not_asked_for_their_own(
    organizer: PageClient, meeting: Meeting, represents: str, *, corrected: bool
) -> None:
    category = checked(meeting, represents=represents)
    one = confirmed(meeting, email="anong@example.org")
    page = f"/meetings/spring/manage/registrations/{f'{one.reference}/answers' if corrected else 'new'}"
    wrong = dict.fromkeys(typed(category), "") | {"category": category.code, "country": "Nowhere"}

    answers = organizer.get(page), organizer.post(page, data=wrong), organizer.post(page, data={})

    assert [answer.status_code for answer in answers] == [200, 422, 422]
    for answer in answers:
        form = re.findall(
            r'<(?:label|legend|span|p class="(?:hint|error)")[^>]*>([^<]+)', answer.text.split("<main")[1]
        )
        asked = [words for words in form if re.search(r"(?i)\b(i|my|you|your)\b", words)]
        assert asked == []
    named = ["Enter the family name.", "Enter the email address."][: 1 if corrected else 2]
    told = re.findall(r'<li><a href="#\w+">([^<]+)</a>', answers[1].text)
    assert [sentence for sentence in told if sentence in named] == named


def test_an_organizer_writes_to_one_person(organizer: PageClient, meeting: Meeting) -> None:
    confirmed(meeting, email="anong@example.org")
    address = "/meetings/spring/manage/registrations/R-0001/message"

    page = organizer.get(address)
    assert (page.status_code, "Dear" in page.text) == (200, False), "not every letter begins in English"
    assert organizer.post(address, data={"subject": "", "words": "x"}).status_code == 422
    assert organizer.post(address, data={"subject": "Your visa", "words": "It is ready."}).status_code == 303

    letter = db.session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None and (letter.subject, letter.to) == ("Your visa", "anong@example.org")


def test_a_number_of_another_meeting_is_not_there(organizer: PageClient, meeting: Meeting) -> None:
    confirmed(make.meeting())

    for reference in ("R-0001", "R-1", "1", "R-9999999999999999", "R-x"):
        assert (
            organizer.post(f"/meetings/spring/manage/registrations/{reference}", data={"do": "approve"}).status_code
            == 404
        )


def test_the_list_goes_into_a_spreadsheet_without_a_formula(organizer: PageClient, meeting: Meeting) -> None:
    hostile = "=cmd|' /C calc'!A0"
    confirmed(meeting, record_name=hostile, phone="+66 2 288 1234", access_needs="@SUM(A1)", own_name="渡辺 健二")

    answer = organizer.get("/meetings/spring/manage/registrations.csv?state=everyone")
    assert answer.data.startswith(b"\xef\xbb\xbf") and answer.mimetype == "text/csv"
    head, line = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    row = dict(zip(head, line, strict=True))
    assert (row["Name in list"], row["Telephone"], row["Own script"]) == (f"'{hostile}", "'+66 2 288 1234", "渡辺 健二")
    assert (row["State"], row["Letter"]) == ("Approved", ""), "in words, not in codes"
    assert "Access needs" not in row

    book = organizer.get("/meetings/spring/manage/registrations.xlsx?state=everyone&needs=1").data
    sheet = load_workbook(BytesIO(book)).active
    assert sheet is not None
    titles, values = ([cell.value for cell in cells] for cells in sheet.iter_rows())
    assert all(cell.data_type in ("s", "n") for cells in sheet.iter_rows() for cell in cells)
    named = dict(zip(titles, values, strict=True))
    assert (named["Name in list"], named["Access needs"]) == (hostile, "@SUM(A1)")
    verbs = [entry.verb for entry in db.session.scalars(select(Entry).where(Entry.thing == "meeting"))]
    assert verbs == ["took the list along"] * 2


def test_participants_stand_in_order_of_protocol(organizer: PageClient, meeting: Meeting) -> None:
    states_first = make.category(meeting, name="Member State", protocol_order=1)
    bodies = make.category(meeting, name="United Nations body", protocol_order=5)
    confirmed(meeting, bodies, record_name="Last", delegation="ITU")
    confirmed(meeting, states_first, record_name="Third", delegation="Thailand", delegation_country="THA")
    confirmed(
        meeting,
        states_first,
        record_name="Second",
        delegation="Bhutan",
        delegation_country="BTN",
        delegation_role="ADV",
    )
    confirmed(
        meeting, states_first, record_name="First", delegation="Bhutan", delegation_country="BTN", delegation_role="HOD"
    )
    confirmed(meeting, checked(meeting), record_name="Not yet")

    page = organizer.get("/meetings/spring/manage/participants").text
    places = [page.index(f">{name}<") for name in ("First", "Second", "Third", "Last")]
    assert places == sorted(places) and "Not yet" not in page

    book = organizer.get("/meetings/spring/manage/registrations.csv?state=approved&order=protocol").data.decode(
        "utf-8-sig"
    )
    assert [row["Name in list"] for row in csv.DictReader(StringIO(book))] == ["First", "Second", "Third", "Last"]


def test_participants_come_page_by_page(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "A_PAGE", 2)
    category = make.category(meeting)
    for number in range(5):
        confirmed(meeting, category, record_name=f"Person {number}", family_name=f"Person {number}")

    pages = [organizer.get(f"/meetings/spring/manage/participants?page={page}").text for page in (1, 2, 3, 9)]
    assert [[n for n in range(5) if f">Person {n}<" in page] for page in pages] == [[0, 1], [2, 3], [4], [4]]
    assert all("5 participants, in order of protocol" in page for page in pages)


def test_a_longer_list_costs_no_more_questions(organizer: PageClient, meeting: Meeting) -> None:
    category = checked(meeting)

    def questions() -> int:
        asked = []
        count = lambda *words: asked.append(words[2])  # noqa: E731 -- a listener
        event.listen(db.engine, "before_cursor_execute", count)
        organizer.get("/meetings/spring/manage/registrations?state=everyone")
        event.remove(db.engine, "before_cursor_execute", count)
        return len([one for one in asked if not one.startswith("BEGIN")])

    confirmed(meeting, category)
    one = questions()
    for _ in range(3):
        confirmed(meeting, category, delegation=f"Another {_}")
    assert questions() == one


def test_a_steward_adds_people_and_sees_no_list(client: PageClient, meeting: Meeting) -> None:
    client.sign_in(make.staff(meeting, "steward"))
    confirmed(meeting)

    assert client.get("/meetings/spring/manage/registrations/new").status_code == 200
    for page in ("registrations", "registrations.csv", "registrations.xlsx", "participants"):
        assert client.get(f"/meetings/spring/manage/{page}").status_code == 404
    assert client.get("/meetings/spring/manage/registrations/R-0001/letter").status_code == 404


def test_pages_follow_each_other(organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 2)
    category = make.category(meeting)
    for number in range(5):
        confirmed(meeting, category, record_name=f"Person {number}")

    seen = []
    for page in (1, 2, 3, 4):
        answer = organizer.get(f"/meetings/spring/manage/registrations?state=approved&page={page}").text
        seen.append([number for number in range(5) if f"Person {number}<" in answer])

    assert seen == [[3, 4], [1, 2], [0], [0]]


def test_the_waiting_list_stands_in_its_own_order(organizer: PageClient, meeting: Meeting) -> None:
    category = make.category(meeting, capacity=1)
    everybody = [confirmed(meeting, category, record_name=f"Person {number}") for number in range(3)]

    page = organizer.get("/meetings/spring/manage/registrations?state=waiting").text

    assert page.index("Person 1<") < page.index("Person 2<")
    assert states(*everybody) == [APPROVED, WAITING, WAITING]


def test_an_organizer_corrects_what_was_answered(organizer: PageClient, meeting: Meeting) -> None:
    category = checked(meeting)
    one = make.registration(meeting, category=category, record_name="Ada Byrn", given_name="Ada", family_name="Byrn")
    page = f"/meetings/spring/manage/registrations/{one.reference}/answers"
    assert page in organizer.get(f"/meetings/spring/manage/registrations?state=approved&open={one.reference}").text
    assert 'value="Byrn"' in organizer.get(page).text

    said = typed(category, given_name="Ada", family_name="Byron", record_name="Ada Byron")
    assert organizer.post(page, data={**said, "family_name": ""}).status_code == 422
    answer = organizer.post(page, data={**said, "email": "other@example.org"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert (one.record_name, one.state, open_amendment(one)) == ("Ada Byron", APPROVED, None)
    assert one.person.email != "other@example.org" and db.session.query(Letter).count() == 0
    assert db.session.scalars(select(Entry).where(Entry.verb == "changed")).one().by_name is not None


def test_a_correction_takes_no_place_that_is_not_there(organizer: PageClient, meeting: Meeting) -> None:
    full = checked(meeting, capacity=1)
    make.registration(meeting, category=full)
    one = make.registration(meeting, category=checked(meeting))
    page = f"/meetings/spring/manage/registrations/{one.reference}/answers"

    assert organizer.post(page, data=typed(full)).status_code == 409
    assert "Every place for" in organizer.post(page, data=typed(full)).text
