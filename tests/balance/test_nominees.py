"""Nominees: a list that is taken whole or not at all, counted as nominated, read by organizers and by nobody else."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from eventapp.balance import manage, queries
from eventapp.balance.actions import nominate, open_balance, take_all_off
from eventapp.balance.counting.stages import everybody
from eventapp.balance.jobs import JOBS
from eventapp.balance.models import Nominee
from eventapp.balance.nominated import MOST_LINES, Nomination, read_sheet
from eventapp.balance.queries import Behind, found_behind, nominees_of
from eventapp.balance.suppression import LEAST, Covered, covered
from eventapp.balance.world import for_the_world
from eventapp.demo.actions import SLUG, clear
from eventapp.ground.db import db, transaction
from eventapp.ground.jobs.scheduler import work_through
from eventapp.ground.refusal import Refused
from eventapp.ground.text.names import words_of
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR, Meeting
from eventapp.package.manifest.content import LEVELS
from eventapp.registration.models import LETTER, Upload
from tests import make, make_package
from tests.balance.test_balance import crowd
from tests.balance.test_suppression import STAGES, told_of, totals_of
from tests.browserless import PageClient

ADDRESS = "/meetings/spring/manage/balance/nominees"
HEAD = "Name,Delegation or organization,Stakeholder type,Country,Gender\n"
GOOD = f"{HEAD}Ada Byron,Bhutan,government,Bhutan,woman\nAlan Turing,Radio Network,Civil society,THA,\n"


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    return make.meeting(slug="spring", capacity=40)


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, ORGANIZER))


def listed(meeting: Meeting, *names: str, **facts: Any) -> None:
    defaults = {"delegation": "Bhutan", "stakeholder_type": "government"}
    with transaction():
        nominate(meeting, [Nomination(name, **{**defaults, **facts}) for name in names], by=None, at=make.TODAY)


def sent(organizer: PageClient, text: str | bytes, **more: str) -> Any:
    content = text.encode() if isinstance(text, str) else text
    data = {"file": (BytesIO(content), "list.csv"), **more}
    return organizer.post(f"{ADDRESS}/list", data=data, content_type="multipart/form-data")


def nominated(meeting: Meeting, by: str = "stakeholder") -> dict[str, int]:
    found = everybody(meeting, at=make.TODAY).by(by).groups
    return {group.code: group.counts["nominated"] for group in found if group.counts["nominated"]}


def test_a_list_is_read_whatever_separates_its_columns_and_in_whatever_order() -> None:
    for text in (
        GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        "\ufeff" + GOOD,
        "Country;type;ORGANISATION;sex;Full name\nBT;Government;Bhutan;F;Ada Byron\n\nTH;civil-society;Radio Network;;Alan Turing\n",
    ):
        sheet = read_sheet(text.encode())
        assert sheet.faults == ()
        assert sheet.nominations == (
            Nomination("Ada Byron", "Bhutan", "government", "BTN", "woman"),
            Nomination("Alan Turing", "Radio Network", "civil-society", "THA", ""),
        )


@pytest.mark.usefixtures("app")
def test_a_gender_is_read_in_every_language_of_the_house() -> None:
    words = {"woman": "woman", "Femme": "woman", "امرأة": "woman", "Man": "man", "homme": "man", "رجل": "man"}
    lines = "".join(f"Person {number},Bhutan,government,,{word}\n" for number, word in enumerate(words))
    assert [one.gender for one in read_sheet(f"{HEAD}{lines}".encode()).nominations] == list(words.values())


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (f"{HEAD},Bhutan,government,,\n", 2, "Write the name."),
        (f"{HEAD}Ada,,government,,\n", 2, "Write the delegation or organization."),
        (f"{HEAD}Ada,Bhutan,gouvernment,,\n", 2, "No such stakeholder type."),
        (f"{HEAD}Ada,Bhutan,government,Butan,\n", 2, "No such country."),
        (f"{HEAD}Ada,Nuuk,government,Greenland,\n", 2, "Greenland is not on the list of States."),
        (f"{HEAD}Ada,Bhutan,government,,x\n", 2, "Write “woman” or “man”"),
        (f"{HEAD}{'a' * 201},Bhutan,government,,\n", 2, ""),
        (f"{HEAD}Ada Byron,Bhutan,government,,\nMs. BYRON Ada,bhutan,government,,\n", 3, "Is in line 2 already."),
        ("Name,Country\nAda,Bhutan\n", 1, "missing: Delegation or organization, Stakeholder type."),
        (HEAD, 1, "Nobody is on this list."),
        ("", 1, "The first line has to name the columns."),
        (f'{HEAD}"Ada,Bhutan,government,,\n', 1, "a quotation mark is not closed"),
        (HEAD + "Ada,Bhutan,government,,\n" * (MOST_LINES + 1), 1, "5000 lines at most"),
    ],
)
def test_what_is_wrong_is_told_beside_its_line(text: str, line: int, says: str) -> None:
    [fault, *_others] = read_sheet(text.encode()).faults
    assert fault.line == line and says in fault.sentence


def test_bytes_that_are_no_text_are_refused_and_never_a_fault_of_ours() -> None:
    assert "not in UTF-8" in read_sheet(b"\xff\xfe\x00N").faults[0].sentence


@settings(max_examples=80, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(str.encode)
    | st.text(max_size=80).map(lambda one: (HEAD + one).encode())
)
def test_no_file_breaks_the_reader(content: bytes) -> None:
    sheet = read_sheet(content)
    assert sheet.faults or all(one.name and one.delegation and one.stakeholder_type for one in sheet.nominations)


def test_a_file_is_taken_whole_or_not_at_all(organizer: PageClient, meeting: Meeting) -> None:
    answer = sent(organizer, f"{GOOD}Grace Hopper,Radio Network,gouvernment,Atlantis,\n")
    assert answer.status_code == 422
    assert "1 line to put right" in answer.text and "gouvernment" in answer.text and "Nobody was added." in answer.text
    assert nominees_of(meeting) == []
    assert sent(organizer, GOOD).status_code == 303
    assert "2 people were put on the list." in organizer.get(ADDRESS).text
    assert [one.name for one in nominees_of(meeting)] == ["Ada Byron", "Alan Turing"]
    again = sent(organizer, f"{GOOD}Grace Hopper,Radio Network,media,,\n")
    assert again.status_code == 409 and "2 people are on the list already" in again.text
    assert len(nominees_of(meeting)) == 2
    assert sent(organizer, f"{HEAD}Grace Hopper,Radio Network,media,,\n", instead="y").status_code == 303
    assert [one.name for one in nominees_of(meeting)] == ["Grace Hopper"]


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("en", "Name,Delegation or organization,Stakeholder type,Country"),
        ("fr", "Nom,Délégation ou organisation,Catégorie de partie prenante,Pays"),
        ("ar", "الاسم,الوفد أو المنظمة,فئة أصحاب المصلحة,البلد"),
    ],
)
def test_a_list_goes_out_in_the_language_of_its_reader_and_comes_in_again(
    organizer: PageClient, meeting: Meeting, language: str, head: str
) -> None:
    listed(meeting, "Ada Byron", country="BTN")
    file = organizer.get(f"{ADDRESS}/nominees.csv?language={language}").data.decode("utf-8-sig")
    assert file.splitlines()[0] == head
    organizer.get(f"{ADDRESS}?language=en")  # a colleague reads it in, who works in another language
    assert sent(organizer, file, instead="y").status_code == 303
    assert [(one.name, one.delegation, one.country) for one in nominees_of(meeting)] == [("Ada Byron", "Bhutan", "BTN")]


def test_no_file_and_too_large_a_file_are_told(organizer: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Choose a file." in organizer.post(f"{ADDRESS}/list", data={}).text
    monkeypatch.setattr(manage, "MOST_BYTES", len(GOOD) - 1)
    large = sent(organizer, GOOD)
    assert (large.status_code, "MB or less" in large.text) == (422, True)


def test_one_person_is_added_by_a_form_and_taken_off_for_good(organizer: PageClient, meeting: Meeting) -> None:
    typed = {
        "name": "Ada Byron",
        "delegation": "Bhutan",
        "stakeholder_type": "government",
        "country": "BTN",
        "gender": "woman",
    }
    wrong = organizer.post(ADDRESS, data={**typed, "delegation": ""})
    assert wrong.status_code == 422 and "Write the delegation" in wrong.text and 'value="Ada Byron"' in wrong.text
    assert organizer.post(ADDRESS, data={**typed, "stakeholder_type": "hats"}).status_code == 422
    refused = organizer.post(ADDRESS, data={**typed, "stakeholder_type": "government", "country": "GRL"})
    assert (refused.status_code, "Greenland is not on the list of States." in refused.text) == (422, True)
    assert organizer.post(ADDRESS, data=typed).status_code == 303
    assert organizer.post(ADDRESS, data={**typed, "name": "BYRON, Ms. Ada"}).status_code == 409
    [one] = nominees_of(meeting)
    page = organizer.get(ADDRESS).text
    assert "Ada Byron" in page and "1 nominee" in page
    assert ">Woman<" not in page.partition('id="list"')[2]  # counted, and shown beside nobody
    other = make.meeting(slug="autumn")
    listed(other, "Somebody Else")
    [elsewhere] = nominees_of(other)
    for number in (str(elsewhere.id), "x", "99999999999999", ""):
        assert organizer.post(f"{ADDRESS}/removal", data={"nominee": number}).status_code == 303
    assert db.session.query(Nominee).count() == 2
    organizer.post(f"{ADDRESS}/removal", data={"nominee": str(one.id)})
    assert [each.name for each in db.session.query(Nominee)] == ["Somebody Else"]
    told = json.dumps([[entry.verb, entry.detail] for entry in db.session.query(Entry)])
    assert "took a nominee off the list" in told and "Ada" not in told


def test_only_organizers_read_the_list(client: PageClient, meeting: Meeting) -> None:
    listed(meeting, "Canary Nominee")
    with transaction():
        open_balance(meeting, by=None, at=make.TODAY)
    for page in ("/meetings/spring/balance", "/meetings/spring/balance/balance.csv"):
        assert "Canary" not in client.get(page).text
    assert client.get(ADDRESS).status_code in (302, 404)
    assert client.sign_in(make.registration(meeting).person).get(ADDRESS).status_code == 404


def test_without_a_list_who_asked_to_come_is_nominated_and_with_one_who_stands_on_it(meeting: Meeting) -> None:
    crowd(meeting, "government", 3)
    assert nominated(meeting) == {"government": 3}
    listed(meeting, "Grace Hopper", country="BTN", gender="woman")
    listed(meeting, "Alan Turing", delegation="Radio Network", stakeholder_type="media")
    assert nominated(meeting) == {"government": 1, "media": 1}
    assert nominated(meeting, "gender") == {"woman": 1, "": 1}
    assert nominated(meeting, "countries") == {"LDC": 1, "LLDC": 1, "": 1}
    assert everybody(meeting, at=make.TODAY).totals["registered"] == 3


def test_a_nominee_who_registers_is_one_person_and_so_is_one_with_a_letter(meeting: Meeting) -> None:
    sender = make.delegation(meeting, "Bhutan")
    same = make.registration(meeting, given_name="Ada", family_name="BYRON", delegation=sender, gender="woman")
    letter = make.registration(meeting, given_name="Alan", family_name="Turing")
    make.registration(meeting, given_name="Grace", family_name="Hopper", country="THA")
    for registration, replaced in ((letter, None), (same, None), (letter, make.TODAY)):
        make.kept(
            Upload(registration_id=registration.id, kind=LETTER, content_type="application/pdf", content=b"%PDF-",
                   sha256="0" * 64, given_name="letter.pdf", uploaded_at=make.TODAY, replaced_at=replaced)
        )  # fmt: skip
    listed(meeting, "Byron, Ms. Ada")
    listed(meeting, "Grace Hopper", delegation="Another one", country="BTN")  # another person of this name
    found = everybody(meeting, at=make.TODAY)
    assert found.totals["nominated"] == 3
    people = found_behind(meeting, Behind("nominated"), at=make.TODAY).people
    assert {one.id for one in people.rows} == {same.id, letter.id}
    assert found.totals["registered"] == 3


def test_nominees_stand_on_the_last_page_and_are_counted_on_each(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 2)
    names = ("Aster", "Byron", "Curie")
    for name in names:
        crowd(meeting, "un", 1, given_name="Ada", family_name=name, country="BTN")
    listed(meeting, *(f"{name}, Ada" for name in names), "Grace Hopper", country="BTN", stakeholder_type="un")
    for group in ("", "&by=stakeholder&group=un", "&by=countries&group=LDC"):
        address = f"/meetings/spring/manage/balance/people?stage=nominated{group}"
        pages = [organizer.get(f"{address}&page={number}").text for number in (1, 2)]
        assert ["Grace Hopper" in page for page in pages] == [False, True]
        assert all("4 people" in page for page in pages)


def test_a_number_of_nominated_leads_to_those_of_the_list_too(organizer: PageClient, meeting: Meeting) -> None:
    listed(meeting, "Grace Hopper")
    page = organizer.get("/meetings/spring/manage/balance/people?stage=nominated").text
    assert "Grace Hopper" in page and "Has not asked to come" in page and "1 person" in page
    assert "Grace Hopper" not in organizer.get("/meetings/spring/manage/balance/people?stage=registered").text


@st.composite
def tables(draw: st.DrawFn) -> dict[str, dict[str, int]]:
    """Groups whose nominees are of a list: as many or as few as may be, whoever came later."""
    table = {}
    for group in "abc":
        people, row = draw(st.integers(0, 11)), {"nominated": draw(st.integers(0, 11))}
        for stage in STAGES[1:]:
            people = people - draw(st.integers(0, people))
            row[stage] = people
        table[group] = row
    return table


def apart(shown: Covered, *stages: str) -> Covered:
    return Covered(
        {stage: people for stage, people in shown.totals.items() if stage in stages},
        {stage: rows for stage, rows in shown.blocks.items() if stage in stages},
    )


@settings(max_examples=120, deadline=None)
@given(tables())
def test_nobody_can_work_out_a_small_group_of_a_list(table: dict[str, dict[str, int]]) -> None:
    """Who is on the list need not have come, and the other way round: what a reader knows is of two separate tables."""
    shown = covered(table, totals_of(table), STAGES, first="present")
    assert told_of(apart(shown, "nominated")) == []
    assert told_of(apart(shown, *STAGES[1:])) == []
    totals = list(shown.totals.values())
    assert all(one == other or abs(one - other) >= LEAST for one in totals for other in totals)


def test_the_world_reads_no_small_group_of_a_list(meeting: Meeting) -> None:
    listed(meeting, *(f"Person {number}" for number in range(9)))
    listed(meeting, "One Reporter", "Two Reporter", stakeholder_type="media")
    listed(meeting, *(f"Member {number}" for number in range(6)), stakeholder_type="civil-society")
    found = for_the_world(meeting, at=make.TODAY)
    assert found["breakdowns"]["stakeholder"]["nominated"] == [
        [["government"], 9], [["civil-society", "media"], 8],
    ]  # fmt: skip


@pytest.mark.parametrize("level", LEVELS)
def test_it_leaves_with_no_package(app: Flask, level: str) -> None:
    held = make_package.held()
    listed(held, "Canary Nominee", delegation="Canary Delegation")
    assert "Canary" not in make_package.words(make_package.package(held, level))


def test_the_whole_list_is_removed_and_what_was_counted_stays(organizer: PageClient, meeting: Meeting) -> None:
    listed(meeting, *(f"Person {number}" for number in range(9)))
    with transaction():
        before = open_balance(meeting, by=None, at=make.TODAY).content
    assert "Remove the whole list" in organizer.get(ADDRESS).text
    assert organizer.post(f"{ADDRESS}/removal", data={"all": "1"}).status_code == 303
    assert db.session.query(Nominee).count() == 0
    with transaction():
        take_all_off(meeting, by=None, at=make.TODAY)
        again = open_balance(meeting, by=None, at=make.TODAY + timedelta(days=1)).content
    assert again == before and before["totals"]["nominated"] == 9


def test_the_list_is_downloaded_as_it_can_be_read_again_and_harms_no_spreadsheet(
    organizer: PageClient, client: PageClient, meeting: Meeting
) -> None:
    listed(meeting, "Ada Byron", gender="woman", country="BTN")
    listed(meeting, "=HYPERLINK(1)")
    answer = organizer.get(f"{ADDRESS}/nominees.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-nominees.csv"'
    assert answer.text.lstrip("\ufeff").splitlines() == [
        "Name,Delegation or organization,Stakeholder type,Country",
        "'=HYPERLINK(1),Bhutan,government,",
        "Ada Byron,Bhutan,government,BTN",
    ]
    assert "woman" not in answer.text
    again = read_sheet(answer.data)
    assert (again.faults, [one.name for one in again.nominations][1]) == ((), "Ada Byron")
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    assert client.get(f"{ADDRESS}/nominees.csv").status_code == 404


def test_the_list_of_a_meeting_long_over_is_removed_by_itself(organizer: PageClient, meeting: Meeting) -> None:
    [job] = [one for one in JOBS if one.name == "forget nominees"]
    soon = make.meeting(slug="autumn", ends_on=meeting.ends_on + timedelta(days=1))
    listed(meeting, "Ada Byron", "Alan Turing")
    listed(soon, "Alan Turing")
    end = make.TODAY + (meeting.ends_on - make.TODAY.date())
    assert "30 days from the end of the meeting" in organizer.get(ADDRESS).text
    assert work_through([job], at=end + timedelta(days=30)) == {}
    assert work_through([job], at=end + timedelta(days=31)) == {"forget nominees": 1}
    assert [one.meeting_id for one in db.session.query(Nominee)] == [soon.id]
    last = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert last is not None and "Ada" not in str(last.detail)
    assert work_through([job], at=end + timedelta(days=31)) == {}


def test_clearing_the_demonstration_takes_the_list_along(app: Flask) -> None:
    meeting = make.meeting(slug=SLUG)
    listed(meeting, "Grace Hopper")
    with transaction():
        clear(at=make.TODAY)
    assert db.session.query(Nominee).count() == 0


def test_nobody_is_on_the_list_twice_even_by_two_hands_at_once(meeting: Meeting) -> None:
    listed(meeting, "Ada Byron")
    with pytest.raises(Refused, match="is on the list already"):
        listed(meeting, "Grace Hopper", "Dr. Ada BYRON")
    assert [one.name for one in nominees_of(meeting)] == ["Ada Byron"]
    assert words_of("Prof. Ada  BYRON") == words_of("byron, ada")


def test_a_long_list_is_read_page_by_page_and_removing_stays_there(
    client: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "A_PAGE", 2)
    with transaction():
        nominate(meeting, [Nomination(f"Person {n}", "Chad", "igo") for n in range(5)], by=None, at=make.TODAY)
    client.sign_in(make.staff(meeting, "organizer"))
    page = f"/meetings/{meeting.slug}/manage/balance/nominees"
    text = client.get(f"{page}?page=2").text
    assert "5 nominees" in text and "Page 2 of 3" in text
    assert [f"Person {n}" in text for n in range(5)] == [False, False, True, True, False]
    one = nominees_of(meeting)[2]
    answer = client.post(f"{page}/removal?page=2", data={"nominee": str(one.id)})
    assert answer.location == f"{page}?page=2#list"
    assert client.get(f"{page}/nominees.csv").data.count(b"Chad") == 4
    behind = f"/meetings/{meeting.slug}/manage/balance/people?stage=nominated"
    assert [client.get(f"{behind}&nominees={n}").text.count("Has not asked to come") for n in (1, 2)] == [2, 2]
