"""The category is asked first; the form then has the fields of that category, and changes with it."""

import re

import pytest

from eventapp.ground.db import transaction
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.browserless import PageClient
from tests.make import TODAY
from tests.make_registration import confirmed
from tests.registration.filling import count, only, send, set_clock, typed


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    set_clock(monkeypatch, TODAY)


def names(page: str) -> set[str]:
    """The fields that the page has, but for those of the search and of the security of forms."""
    return set(re.findall(r'<(?:input|select|textarea)[^>]* name="([a-z_]+)"', page)) - {"csrf_token", "q"}


def test_the_first_page_asks_for_the_category_and_nothing_else(client: PageClient) -> None:
    meeting = make.meeting()
    make.category(meeting, code="GOV", name="Member State", needs_letter=True, credential="Note verbale")
    make.category(meeting, code="UN", name="United Nations body", needs_letter=False, needs_approval=False)
    make.category(meeting, code="SEC", name="Secretariat", takes_registrations=False)

    page = client.get(f"/meetings/{meeting.slug}/registration/new").text

    assert names(page) == {"category"}
    assert "Needs a letter: Note verbale" in page and "No letter; answered at once" in page
    assert "Secretariat" not in page


@pytest.mark.parametrize("query", ["next=fields", "category=", "category=SEC", "category=NOBODY"])
def test_going_on_without_a_category_says_to_choose_one(client: PageClient, query: str) -> None:
    meeting = make.meeting()
    make.category(meeting, code="GOV")
    make.category(meeting, code="UN")
    make.category(meeting, code="SEC", takes_registrations=False)

    answer = client.get(f"/meetings/{meeting.slug}/registration/new?{query}")

    assert (answer.status_code, names(answer.text)) == (422, {"category"})
    assert "Choose whom you represent." in answer.text


def test_a_meeting_with_one_category_asks_its_fields_at_once(client: PageClient) -> None:
    meeting = make.meeting()
    make.category(meeting, code="UN")

    assert "family_name" in names(client.get(f"/meetings/{meeting.slug}/registration/new").text)


def test_each_category_is_asked_its_own_fields_only(client: PageClient) -> None:
    meeting = make.meeting()
    make.category(meeting, code="GOV", represents="member", needs_letter=True)
    make.category(meeting, code="ASM", represents="associate", needs_letter=True)
    make.category(meeting, code="UN", needs_letter=False)
    address = f"/meetings/{meeting.slug}/registration/new?category="

    member, associate, un = (client.get(address + code).text for code in ("GOV", "ASM", "UN"))

    assert names(member) - names(un) == {"state", "delegation_role", "letter"}
    assert names(un) < names(member) == names(associate)
    assert 'value="BTN"' in member.split("</select>")[0] and 'value="DEU"' not in member.split("</select>")[0]
    assert 'value="BTN"' not in associate.split("</select>")[0] and 'value="GUM"' in associate.split("</select>")[0]


@pytest.mark.parametrize("pressed", [{"again": "y"}, {}])
def test_another_category_brings_its_fields_and_keeps_what_was_typed(
    client: PageClient, pressed: dict[str, str]
) -> None:
    """Whether its own button was pressed or the one that sends: the new fields are looked at before they are sent."""
    meeting = make.meeting()
    make.category(meeting, code="UN")
    member = make.category(meeting, code="GOV", represents="member", name="Member State")
    changed = typed(member, asked="UN", email="anong@", **pressed)

    answer = send(client, meeting, changed)

    assert (answer.status_code, count(Registration)) == (200, 0)
    assert "state" in names(answer.text) and 'name="asked" value="GOV"' in answer.text
    assert 'value="anong@"' in answer.text and 'value="the-key-of-this-form"' in answer.text
    assert "Write the part after the @" not in answer.text, "nothing was sent yet, so nothing is wrong yet"
    assert "The questions are those for “Member State” now." in answer.text

    changed |= {"asked": "GOV", "again": "", "email": "anong@example.org", "state": "BTN", "delegation_role": "HOD"}
    assert send(client, meeting, changed).status_code == 303
    assert only().delegation.country == "BTN"


def test_what_is_folded_away_opens_where_a_fault_is_inside(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting)
    folds = '<details class="fold">'

    assert client.get(f"/meetings/{meeting.slug}/registration/new?category={category.code}").text.count(folds) == 2
    answer = send(client, meeting, typed(category, record_name="", phone="call me"))

    assert (answer.status_code, answer.text.count(folds), answer.text.count('fold" open')) == (422, 1, 1)


def test_faults_are_told_in_the_order_of_the_page(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, code="GOV", represents="member")
    answer = send(client, meeting, {"category": category.code, "key": "a"})

    told = re.findall(r'<a href="#([a-z_]+)">', answer.text[answer.text.index('role="alert"') :])
    assert told[:6] == ["state", "delegation_role", "delegation", "job_title", "family_name", "email"]


def test_a_form_without_a_category_keeps_what_was_typed(client: PageClient) -> None:
    meeting = make.meeting()
    make.category(meeting, code="UN")

    answer = send(client, meeting, typed(make.category(meeting)) | {"category": ""})

    assert (answer.status_code, 'value="Suksawat"' in answer.text) == (422, True)
    assert 'class="asked" open' in answer.text and "Choose whom you represent." in answer.text


def test_who_holds_a_category_that_takes_nobody_new_goes_on_in_it(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, code="SEC", name="Secretariat")
    make.category(meeting, code="UN", name="United Nations body")
    registration = confirmed(meeting, category, email="anong@example.org")
    with transaction():
        category.takes_registrations = False
    address = f"/registrations/{own_token(registration)}/edit"

    page = client.get(address).text
    assert 'name="asked" value="SEC"' in page and "United Nations body" in page
    same = typed(category, asked="SEC", dietary_needs="Halal")
    assert (client.post(address, data=same).status_code, only().dietary_needs) == (303, "Halal")


def test_changing_answers_goes_by_the_fields_of_the_category(client: PageClient) -> None:
    meeting = make.meeting()
    category = make.category(meeting, code="UN", needs_letter=False)
    member = make.category(meeting, code="GOV", represents="member", needs_letter=True)
    address = f"/registrations/{own_token(confirmed(meeting, category, email='anong@example.org'))}/edit"

    page = client.get(address).text
    answer = client.post(address, data=typed(member, asked="UN", job_title="Minister"))

    assert not {"state", "letter"} & names(page)
    assert (answer.status_code, {"state", "letter"} < names(answer.text)) == (200, True)
    assert (only().category.code, 'value="Minister"' in answer.text) == ("UN", True)


def test_the_counter_asks_in_the_same_steps(client: PageClient) -> None:
    meeting = make.meeting()
    make.category(meeting, code="UN")
    member = make.category(meeting, code="GOV", represents="member")
    client.sign_in(make.staff(meeting, "steward"))
    address = f"/meetings/{meeting.slug}/manage/registrations/new"

    assert names(client.get(address).text) == {"category"}
    assert client.get(f"{address}?next=fields").status_code == 422
    assert "state" not in names(client.get(f"{address}?category=UN").text)
    answer = client.post(address, data=typed(member, asked="UN"))
    assert (answer.status_code, "state" in names(answer.text), count(Registration)) == (200, True, 0)


def test_an_organizer_corrects_in_the_same_way(client: PageClient) -> None:
    meeting = make.meeting()
    registration = confirmed(meeting, make.category(meeting, code="UN"))
    member = make.category(meeting, code="GOV", represents="member")
    client.sign_in(make.staff(meeting, "organizer"))
    address = f"/meetings/{meeting.slug}/manage/registrations/{registration.reference}/answers"

    answer = client.post(address, data=typed(member, asked="UN"))

    assert (answer.status_code, "state" in names(answer.text), only().category.code) == (200, True, "UN")
