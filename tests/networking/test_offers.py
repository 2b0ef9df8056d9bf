"""Offers and needs: who fits whom and why, who may find whom, a block, pages by key, and the cost at any size."""

import re

import pytest
from sqlalchemy import insert

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import ORGANIZER, Meeting
from eventapp.networking.actions import Rules, block, choose_audience, set_networking, unblock
from eventapp.networking.models import GOVERNMENTS, NOBODY, PARTICIPANTS, NetworkingConsent
from eventapp.networking.offers.actions import Wanted, add_line, change_line
from eventapp.networking.offers.models import NEED, OFFER, NetworkingLine, NetworkingTag
from eventapp.networking.offers.queries import fits_of, line_of, lines_of, listed, people_fitting
from eventapp.networking.queries import found_by
from eventapp.registration.models import PENDING, Registration
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make import TODAY
from tests.networking.conftest import found, line, there


def names(registration: Registration, kind: str = NEED) -> list[str]:
    return [one.line.registration.record_name for one in fits_of(registration, lines_of(registration), kind).rows]


def test_lines_fit_by_theme_and_goal_the_best_first_each_with_its_reason(
    meeting: Meeting, ada: Registration, grace: Registration
) -> None:
    mine = line(ada, OFFER, "Shorter public services", ["C7-EGOV", "C4"], [16])
    line(ada, OFFER, "A radio", ["C9"])
    line(grace, NEED, "Fewer steps", ["C7-EGOV"], [16, 9])
    other = found(meeting, "Tshering Dorji")
    line(other, NEED, "A trainer", ["C4"])
    line(other, OFFER, "Offers the same and is no match", ["C4"])
    line(found(meeting, "Nobody's match"), NEED, "Cables", ["C2"], [1])
    best, second = fits_of(ada, lines_of(ada), NEED).rows
    assert best.line.text == "Fewer steps" and best.shared == ["C7-EGOV", "G16"]
    assert [one.id for one in best.mine] == [mine]
    assert second.line.text == "A trainer" and second.shared == ["C4"]
    assert people_fitting(ada, lines_of(ada), NEED) == 2
    assert names(grace, OFFER) == ["Ada Byron"]
    assert fits_of(found(meeting, "Without a line"), [], NEED).rows == []


def test_a_person_decides_who_may_find_them(meeting: Meeting, ada: Registration) -> None:
    line(ada, OFFER, "A radio", ["C9"])
    state = found(meeting, "Of a State", category=make.category(meeting, stakeholder_type="government"))
    firm = found(meeting, "Of a firm", category=make.category(meeting, stakeholder_type="private-sector"))
    seen = {}
    for audience in (NOBODY, GOVERNMENTS, PARTICIPANTS):
        with transaction():
            choose_audience(ada, audience, at=TODAY)
        seen[audience] = [found_by(one, ada.number) is not None for one in (state, firm)]
    assert seen == {NOBODY: [False, False], GOVERNMENTS: [True, False], PARTICIPANTS: [True, True]}
    with transaction():
        db.session.get_one(Registration, ada.id).state = PENDING
    assert found_by(state, ada.number) is None, "who has no place is found by nobody"
    shy = make.registration(meeting, record_name="Never asked")
    assert found_by(state, shy.number) is None, "without an answer nobody is found"


def test_a_block_hides_both_from_each_other_and_history_does_not_tell(ada: Registration, grace: Registration) -> None:
    line(ada, OFFER, "A radio", ["C9"])
    line(grace, NEED, "A radio", ["C9"])
    assert names(ada) == ["Grace Hopper"] and names(grace, OFFER) == ["Ada Byron"]
    before = db.session.query(Entry).count()
    with transaction():
        block(ada, grace, at=TODAY)
        block(ada, grace, at=TODAY)
    assert names(ada) == [] and names(grace, OFFER) == []
    assert found_by(grace, ada.number) is None
    assert db.session.query(Entry).count() == before
    with transaction():
        unblock(ada, grace)
    assert names(grace, OFFER) == ["Ada Byron"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("wish", "A radio", ["C9"]), "offer this or need it"),
        (Wanted(OFFER, "", ["C9"]), "in one line"),
        (Wanted(OFFER, "A radio"), "what it is about"),
        (Wanted(OFFER, "A radio", ["C99"]), "what it is about"),
        (Wanted(OFFER, "A radio", ["C1", "C2", "C3", "C4", "C5", "C6", "C8"]), "6 themes and goals at most"),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_what_to_do(ada: Registration, wanted: Wanted, words: str) -> None:
    with pytest.raises(Refused, match=words), transaction():
        add_line(ada, wanted, at=TODAY)


def test_a_line_is_changed_kept_to_eight_and_written_for_a_delegation_by_its_heads(
    meeting: Meeting, ada: Registration
) -> None:
    number = line(ada, OFFER, "A radio", ["C9", "C4"])
    assert line(ada, OFFER, "A radio", ["C9", "C4"]) == number, "twice is once"
    own = line_of(ada, number)
    assert own
    with transaction():
        change_line(own, Wanted(OFFER, "Two radios", ["C9"], [5]), at=TODAY)
    db.session.expire_all()
    assert own.text == "Two radios" and sorted(own.codes) == ["C9", "G5"]
    for count in range(7):
        line(ada, OFFER, f"Line {count}", ["C9"])
    with pytest.raises(Refused, match="8 lines"):
        line(ada, OFFER, "One more", ["C9"])
    state = make.delegation(meeting, "Bhutan", is_state=True, country="BTN")
    member, head = (found(meeting, f"R {role}", delegation=state, delegation_role=role) for role in ("", "HOD"))
    ours = Wanted(NEED, "Partners", ["C9"], for_delegation=True)
    with pytest.raises(Refused, match="head or a representative"), transaction():
        add_line(member, ours, at=TODAY)
    with transaction():
        assert add_line(head, ours, at=TODAY).for_delegation


@pytest.fixture
def crowd(meeting: Meeting) -> None:
    """Sixty who need the same, made at once."""
    people = [make.registration(meeting).id for _number in range(3)]
    with transaction():
        db.session.execute(
            insert(NetworkingConsent),
            [{"registration_id": one, "audience": PARTICIPANTS, "at": TODAY} for one in people],
        )
        rows = [
            NetworkingLine(
                meeting_id=meeting.id, registration_id=people[number % 3], kind=NEED, text=f"Need {number}", at=TODAY,
                for_delegation=False,
            )
            for number in range(60)
        ]  # fmt: skip
        db.session.add_all(rows)
        db.session.flush()
        facts = {"meeting_id": meeting.id, "kind": NEED}
        tags = [{"line_id": one.id, "tag": "C9", **facts} for one in rows]
        tags += [{"line_id": one.id, "tag": "C4", **facts} for one in rows[::2]]
        db.session.execute(insert(NetworkingTag), tags)


@pytest.mark.usefixtures("crowd")
def test_pages_go_on_by_key_show_each_line_once_and_cost_the_same(ada: Registration) -> None:
    line(ada, OFFER, "A radio", ["C9", "C4"])
    shown, after, pages = [], "", 0
    while pages == 0 or after:
        page = fits_of(ada, lines_of(ada), NEED, after)
        shown += [(len(one.shared), one.line.id) for one in page.rows]
        after, pages = page.after, pages + 1
    assert pages == 3 and len(shown) == len(set(shown)) == 60
    assert shown == sorted(shown, reverse=True)
    every: list[int] = []
    after = ""
    while not every or after:
        page = listed(ada, NEED, "C4", after)
        every += [one.line.id for one in page.rows]
        after = page.after
    assert len(every) == 30 and every == sorted(every, reverse=True)
    assert listed(ada, NEED, after="nonsense").rows, "a key that is none is the first page"
    db.session.expire_all()
    with counted() as few:
        fits_of(ada, lines_of(ada), NEED, most=2)
    db.session.expire_all()
    with counted() as many:
        fits_of(ada, lines_of(ada), NEED, most=40)
    assert len(few) == len(many) <= 8


def test_the_pages_write_a_line_find_people_and_shut_with_the_meeting(
    client: PageClient, meeting: Meeting, ada: Registration, grace: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, hers = there(ada), there(grace)
    wrong = client.post(f"{mine}/lines", data={"kind": "offer", "text": "A radio"})
    assert wrong.status_code == 409 and "Choose what it is about" in wrong.text and "A radio" in wrong.text
    assert client.post(f"{mine}/lines", data={"kind": "offer", "text": "", "themes": "C9"}).status_code == 422
    assert client.post(f"{mine}/lines", data={"kind": "offer", "text": "A radio", "themes": "C9"}).status_code == 303
    client.post(f"{hers}/lines", data={"kind": "need", "text": "Rural radio", "themes": "C9", "goals": "5"})
    page = client.get(mine).text
    assert "1 person looks for what you offer" in page and "Rural radio" in page and "Fits what you offer:" in page
    assert ada.person.email not in page and grace.person.email not in page
    person = client.get(f"{mine}/people/{grace.number}").text
    assert "Rural radio" in person and grace.person.email not in person
    for query in ("kind=need", "kind=need&show=fitting", "kind=need&tag=G5"):
        assert "Rural radio" in client.get(f"{mine}/people?{query}").text
    assert "Nobody is here yet" in client.get(f"{mine}/people?kind=need&tag=C1").text
    assert client.post(f"{mine}/people/{grace.number}/block").status_code == 303
    assert client.get(f"{hers}/people/{ada.number}").status_code == 404
    assert "Take the block back" in client.get(mine).text
    assert client.post(f"{mine}/people/{grace.number}/unblock").status_code == 303
    own = db.session.query(NetworkingLine).filter_by(registration_id=ada.id).one()
    assert client.get(f"{hers}/lines/{own.id}").status_code == 404, "another's line is not there"
    assert client.post(f"{mine}/lines/{own.id}", data={"text": "Radios", "themes": "C9"}).status_code == 303
    assert client.post(f"{mine}/lines/{own.id}/removal").status_code == 303
    assert db.session.query(NetworkingLine).filter_by(registration_id=ada.id).count() == 0
    with transaction():
        set_networking(meeting, Rules(is_open=False), by=None, at=TODAY)
    assert client.get(mine).status_code == 404
    assert "Find people to meet" not in client.get(mine.removesuffix("/networking")).text


def test_consent_is_chosen_and_its_form_says_what_it_means(client: PageClient, ada: Registration) -> None:
    mine = there(ada)
    assert "No address is shown before both of you agree" in client.get(f"{mine}/consent").text
    assert client.post(f"{mine}/consent", data={"audience": "everyone"}).status_code == 422
    assert client.post(f"{mine}/consent", data={"audience": NOBODY}).status_code == 303
    assert "Your lines are seen by nobody" in client.get(mine).text


def test_organizers_switch_it_see_numbers_and_nobody_writes_over_another(
    client: PageClient, meeting: Meeting, ada: Registration
) -> None:
    line(ada, OFFER, "Secret radio", ["C9"])
    client.sign_in(make.staff(meeting, ORGANIZER))
    where = "/meetings/spring/manage/settings/networking"
    page = client.get(where).text
    assert (
        re.search(r"Found by everybody\D*>1<", page) and re.search(r"Offers\D*>1<", page) and "Secret radio" not in page
    )
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    typed = {"seen": seen, "requests_a_day": "10", "answer_hours": "24"}
    assert client.post(where, data=typed).status_code == 303
    refused = client.post(where, data={**typed, "is_open": "y"})
    assert refused.status_code == 409 and "Somebody changed this meanwhile" in refused.text


def test_the_history_says_what_of_the_rules_was_and_is(client: PageClient, meeting: Meeting) -> None:
    with transaction():
        set_networking(meeting, Rules(is_open=True, requests_a_day=4), by=None, at=TODAY)
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get("/meetings/spring/manage/history").text
    arrow = '</bdi> <span class="turn">→</span> <bdi>'
    assert f"Requests in 24 hours: <bdi>10{arrow}4</bdi>" in page and page.count("Hours to answer a request") == 1
