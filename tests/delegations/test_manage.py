"""The delegations of a meeting: the list, places, the letter for all, accreditation, names and mergers."""

from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from eventapp.badges.actions import print_badges
from eventapp.badges.queries import Choice
from eventapp.delegations.look import TABS, Look
from eventapp.delegations.queries import PAGE as PAGE_LENGTH
from eventapp.delegations.queries import listed, tab_counts
from eventapp.ground.db import db, transaction
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.registration.models import Delegation, DelegationLetter, Registration
from eventapp.registration.queries import delegation_letter
from eventapp.registration.uploads.retention import forget_letters
from tests import make, make_checkin
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_registration import confirmed

pytestmark = pytest.mark.usefixtures("app")
PAGE = "/meetings/spring/manage/delegations"
LETTER = b"%PDF-1.4\nnote verbale\n%%EOF\n"


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring")


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    client.sign_in(make.staff(meeting, "organizer"))
    return client


def state(meeting: Meeting, name: str, country: str, **facts: object) -> Delegation:
    return make.delegation(meeting, name, country=country, is_state=True, **facts)


def names(meeting: Meeting, **look: Any) -> list[str]:
    return [row.delegation.name for row in listed(meeting, Look(**look)).rows]


def fresh(delegation: Delegation) -> Delegation:
    db.session.rollback()
    return delegation


def test_each_delegation_stands_under_its_tab(meeting: Meeting) -> None:
    for name, country in (("Thailand", "THA"), ("Cook Islands", "COK"), ("Kenya", "KEN")):
        make.registration(meeting, delegation=state(meeting, name, country))
    make.registration(meeting, delegation=make.delegation(meeting, "Universal Postal Union"))
    make.delegation(meeting, "Nobody's")
    make.registration(make.meeting(), delegation=make.delegation(make.meeting(), "Of another meeting"))
    found = {tab: names(meeting, tab=tab, sort="name") for tab in TABS}
    assert found == {
        "decide": [],
        "members": ["Thailand"],
        "associates": ["Cook Islands"],
        "states": ["Kenya"],
        "bodies": ["Universal Postal Union"],
        "all": ["Cook Islands", "Kenya", "Thailand", "Universal Postal Union"],
    }
    assert tab_counts(meeting) == {tab: len(rows) for tab, rows in found.items()}


def test_a_state_is_found_by_its_name_in_another_language(meeting: Meeting) -> None:
    make.registration(meeting, delegation=state(meeting, "Thailand", "THA"))
    make.registration(meeting, delegation=state(meeting, "Kenya", "KEN"))
    assert names(meeting, q="Thaïlande") == names(meeting, q="泰国") == names(meeting, q="thail") == ["Thailand"]


def test_what_is_to_decide_is_said_in_the_list_and_on_the_page(organizer: PageClient, meeting: Meeting) -> None:
    sender = state(meeting, "Thailand", "THA", places=1)
    lettered = make.category(meeting, needs_letter=True)
    for name in ("Ms. Anong Suksawat", "Mr. Krit Chaiyasit"):
        make.registration(meeting, delegation=sender, delegation_role="HOD", record_name=name, category=lettered)
    headless = state(meeting, "Kenya", "KEN")
    for _one in range(2):
        make.registration(meeting, delegation=headless)
    assert names(meeting, tab="decide", sort="name") == ["Kenya", "Thailand"]
    sentences = (
        "2 heads of delegation: Ms. Anong Suksawat, Mr. Krit Chaiyasit.",
        "2 people for 1 place.",
        "The letters of 2 people are missing.",
    )
    for page in (organizer.get(PAGE).text, organizer.get(f"{PAGE}/{sender.id}").text):
        assert [one for one in sentences if one not in page] == []
    assert "Nobody is named as head of delegation." in organizer.get(f"{PAGE}/{headless.id}").text
    assert names(meeting, letter="missing") == ["Thailand"]


def test_places_are_set_and_taken_off(organizer: PageClient, meeting: Meeting) -> None:
    sender = make.registration(meeting).delegation
    assert organizer.post(f"{PAGE}/{sender.id}/places", data={"places": "4"}).status_code == 303
    assert fresh(sender).places == 4
    wrong = organizer.post(f"{PAGE}/{sender.id}/places", data={"places": "four"})
    assert wrong.status_code == 422
    assert "Write a whole number, in figures." in wrong.text
    assert 'value="four"' in wrong.text
    organizer.post(f"{PAGE}/{sender.id}/places", data={"places": ""})
    assert fresh(sender).places is None


def test_one_letter_stands_for_everybody(organizer: PageClient, meeting: Meeting) -> None:
    sender = make.delegation(meeting)
    one = make.registration(meeting, delegation=sender, category=make.category(meeting, needs_letter=True))
    sent = {"letter": (BytesIO(LETTER), "note.pdf"), "reference": "1204/2559", "dated": "24/09/2016"}
    assert organizer.post(f"{PAGE}/{sender.id}/letter", data=sent).status_code == 303
    kept = delegation_letter(fresh(sender))
    assert kept
    assert (kept.reference, str(kept.dated)) == ("1204/2559", "2016-09-24")
    assert names(meeting, letter="missing") == []
    assert (
        "In the letter of the delegation"
        in organizer.get(f"/meetings/spring/manage/registrations?state=everyone&open={one.reference}").text
    )
    served = organizer.get(f"{PAGE}/{sender.id}/letter")
    assert served.data == LETTER
    assert served.headers["Content-Disposition"].startswith("attachment")


def test_a_letter_survives_a_wrong_day_and_what_is_none_is_refused(organizer: PageClient, meeting: Meeting) -> None:
    sender = make.registration(meeting).delegation
    wrong = organizer.post(
        f"{PAGE}/{sender.id}/letter", data={"letter": (BytesIO(LETTER), "note.pdf"), "dated": "someday"}
    )
    assert wrong.status_code == 422
    assert "note.pdf" in wrong.text
    page = organizer.post(f"{PAGE}/{sender.id}/letter", data={"letter": (BytesIO(b"<html>"), "note.pdf")})
    assert page.status_code == 422
    assert "This file is none of them" in page.text
    assert delegation_letter(fresh(sender)) is None


def test_a_delegation_is_accredited_with_a_reason_where_something_stands_against_it(
    organizer: PageClient, meeting: Meeting
) -> None:
    sender = make.delegation(meeting)
    make.registration(meeting, delegation=sender, category=make.category(meeting, needs_letter=True))
    refused = organizer.post(f"{PAGE}/{sender.id}/accreditation", data={})
    assert refused.status_code == 409
    assert "write why" in refused.text
    assert fresh(sender).accredited_at is None
    organizer.post(f"{PAGE}/{sender.id}/accreditation", data={"why": "The letter is under way."})
    assert fresh(sender).accredited_why == "The letter is under way."
    assert names(meeting, tab="decide") == []
    assert names(meeting, accreditation="accredited") == [sender.name]
    organizer.post(f"{PAGE}/{sender.id}/accreditation", data={"do": "end"})
    assert fresh(sender).accredited_at is None


def test_two_names_of_one_organization_become_one_delegation(organizer: PageClient, meeting: Meeting) -> None:
    short, full = (make.delegation(meeting, name) for name in ("UNDP", "United Nations Development Programme"))
    one = make.registration(meeting, delegation=short)
    make.registration(meeting, delegation=full)
    answer = organizer.post(f"{PAGE}/{short.id}/merger", data={"into": full.id})
    assert answer.headers["Location"].endswith(f"/delegations/{full.id}")
    assert fresh(full).id == db.session.get_one(Registration, one.id).delegation_id
    assert "united nations development programme" in one.search_text
    assert organizer.get(f"{PAGE}/{short.id}").status_code == 404
    later = confirmed(meeting, delegation="undp")
    assert later.delegation_id == full.id
    assert names(meeting) == names(meeting, q="undp") == ["United Nations Development Programme"]
    page = organizer.get(f"{PAGE}/{full.id}").text
    assert "Other names that lead here" in page
    organizer.post(f"{PAGE}/{full.id}/names/{short.id}/removal")
    assert confirmed(meeting, delegation="UNDP").delegation_id == short.id


def test_letters_come_along_and_the_newest_stays(organizer: PageClient, meeting: Meeting) -> None:
    first, second = make.registration(meeting).delegation, make.registration(meeting).delegation
    for number, name in ((first.id, b"1"), (second.id, b"2")):
        sent = {"letter": (BytesIO(LETTER.replace(b"note", name)), "note.pdf"), "reference": name.decode()}
        organizer.post(f"{PAGE}/{number}/letter", data=sent)
    organizer.post(f"{PAGE}/{first.id}/merger", data={"into": second.id})
    kept = delegation_letter(fresh(second))
    assert kept
    assert kept.reference == "2"


def test_a_state_is_neither_renamed_nor_merged(organizer: PageClient, meeting: Meeting) -> None:
    thailand, other = state(meeting, "Thailand", "THA"), make.registration(meeting).delegation
    make.registration(meeting, delegation=thailand)
    for address, data in (("name", {"name": "Siam"}), ("merger", {"into": other.id})):
        assert organizer.post(f"{PAGE}/{thailand.id}/{address}", data=data).status_code == 409
    assert fresh(thailand).name == "Thailand"
    assert "Merge into" not in organizer.get(f"{PAGE}/{thailand.id}").text


def test_a_renamed_organization_is_found_by_its_old_name_and_may_have_it_back(
    organizer: PageClient, meeting: Meeting
) -> None:
    sender = make.registration(meeting, delegation=make.delegation(meeting, "ITU")).delegation
    taken = make.registration(meeting, delegation=make.delegation(meeting, "UPU")).delegation
    organizer.post(f"{PAGE}/{sender.id}/name", data={"name": "International Telecommunication Union"})
    assert confirmed(meeting, delegation="ITU").delegation_id == fresh(sender).id
    refused = organizer.post(f"{PAGE}/{sender.id}/name", data={"name": "upu"})
    assert refused.status_code == 409
    assert "Merge the two." in refused.text
    organizer.post(f"{PAGE}/{sender.id}/name", data={"name": "ITU"})
    assert fresh(sender).name == "ITU"
    assert confirmed(meeting, delegation="international telecommunication union").delegation_id == sender.id
    assert taken.name == "UPU"


def test_history_tells_what_was_decided(organizer: PageClient, meeting: Meeting) -> None:
    sender = make.registration(meeting).delegation
    organizer.post(f"{PAGE}/{sender.id}/places", data={"places": "4"})
    entry = db.session.scalars(select(Entry).where(Entry.verb == "set the places of a delegation")).one()
    assert entry.detail == {"places": [None, 4]}
    assert entry.meeting_id == meeting.id
    assert "set the places of a delegation" in organizer.get(f"{PAGE}/{sender.id}").text


def test_a_letter_is_deleted_when_the_meeting_was_over_long_ago(organizer: PageClient, meeting: Meeting) -> None:
    sender = make.registration(meeting).delegation
    organizer.post(f"{PAGE}/{sender.id}/letter", data={"letter": (BytesIO(LETTER), "note.pdf"), "reference": "7"})
    over = datetime.combine(meeting.ends_on, time(), UTC) + timedelta(days=30)
    with transaction():
        assert forget_letters(at=over) == 0
        assert forget_letters(at=over + timedelta(days=2)) == 1
        assert forget_letters(at=over + timedelta(days=2)) == 0
    letter = delegation_letter(fresh(sender))
    assert letter
    assert (letter.content, letter.given_name, letter.reference) == (b"", "", "7")
    assert organizer.get(f"{PAGE}/{sender.id}/letter").status_code == 404
    assert "Deleted meanwhile" in organizer.get(f"{PAGE}/{sender.id}").text


def test_the_page_is_there_also_when_nobody_comes_any_more(organizer: PageClient, meeting: Meeting) -> None:
    one = make.registration(meeting, state="withdrawn")
    assert names(meeting) == []
    page = organizer.get(f"{PAGE}/{one.delegation_id}")
    assert page.status_code == 200
    assert "Nobody of this delegation asks for a place." in page.text


def test_the_same_letter_again_puts_right_what_is_written_on_it(organizer: PageClient, meeting: Meeting) -> None:
    sender = make.registration(meeting).delegation
    for number in ("1204/2559", "1240/2559"):
        organizer.post(f"{PAGE}/{sender.id}/letter", data={"letter": (BytesIO(LETTER), "n.pdf"), "reference": number})
    letter = delegation_letter(fresh(sender))
    assert letter
    assert letter.reference == "1240/2559"
    assert db.session.scalar(select(func.count(DelegationLetter.id))) == 1


def test_the_list_has_pages_and_one_that_stays_is_to_be_chosen(organizer: PageClient, meeting: Meeting) -> None:
    for number in range(PAGE_LENGTH + 1):
        make.registration(meeting, delegation=make.delegation(meeting, f"Body {number:03}"))
    last = names(meeting, sort="name", page=9)
    assert last == [f"Body {PAGE_LENGTH:03}"]
    assert "Page 2 of 2" in organizer.get(f"{PAGE}?page=2").text
    number = listed(meeting, Look(sort="name")).rows[0].delegation.id
    refused = organizer.post(f"{PAGE}/{number}/merger", data={"into": "0"})
    assert refused.status_code == 409
    assert "Choose the delegation that stays." in refused.text


def test_the_page_says_who_has_a_badge_and_who_came(organizer: PageClient, meeting: Meeting) -> None:
    sender = state(meeting, "Fiji", "FJI")
    came, printed, _placed = (make.registration(meeting, delegation=sender, number=number) for number in (1, 2, 3))
    make.registration(meeting, delegation=sender, number=4, state="pending")
    with transaction():
        print_badges(
            meeting,
            Choice(unprinted=False, references=(came.reference, printed.reference)),
            by=None,
            at=make.TODAY,
        )
    gate = make_checkin.gate(meeting)
    make_checkin.scanned(gate, came.reference)
    page = organizer.get(f"{PAGE}/{sender.id}").text
    assert "With a place: 3. Badges printed: 2. Came: 1." in page
    table = page[page.index("<table") : page.index("</table>")]
    assert [table.count(word) for word in ("Not printed", "Has not come")] == [1, 2]


def test_the_page_asks_as_often_for_many_people_as_for_few(organizer: PageClient, meeting: Meeting) -> None:
    sender, counts = state(meeting, "Fiji", "FJI"), []
    for more in (2, 20):
        for _one in range(more):
            make.registration(meeting, delegation=sender)
        organizer.get(f"{PAGE}/{sender.id}")
        with counted() as count:
            organizer.get(f"{PAGE}/{sender.id}")
        counts.append(len(count))
    assert counts[0] == counts[1]
