"""The official list of participants: who is in it, in which order, versions and what they change, the files."""

from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from sqlalchemy import func, select

from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Category, Meeting
from eventapp.official_list import views
from eventapp.official_list.actions import choose, issue
from eventapp.official_list.models import ACCREDITED, PARTICIPANTS, PRESENT, PUBLIC, ListLine, ListVersion
from eventapp.official_list.queries import Choice, issued, lines_in, live, versions_of
from eventapp.organizations.models import Organization
from eventapp.registration.lists.participants import in_this_order, people_in_protocol_order
from eventapp.registration.models import Delegation, Registration
from tests import make
from tests.badges.reading import texts
from tests.browserless import PageClient
from tests.counting import counted, loaded

pytestmark = pytest.mark.usefixtures("app")
PAGE, MANAGE = "/meetings/spring/list-of-participants", "/meetings/spring/manage/list-of-participants"


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr", "ar"], texts={"fr": {"title": "Examen de printemps"}})


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    client.sign_in(make.staff(meeting, "organizer"))
    return client


def kind(meeting: Meeting, code: str, represents: str = "organization", **facts: Any) -> Category:
    return make.category(meeting, code=code, name=code, represents=represents, **facts)


def state(meeting: Meeting, name: str, country: str, **facts: Any) -> Delegation:
    return make.delegation(meeting, name, country=country, is_state=True, **facts)


def come(meeting: Meeting, name: str, category: Category, sender: Delegation, **facts: Any) -> Registration:
    family = name.rpartition(" ")[2]
    return make.registration(
        meeting, record_name=name, family_name=family, category=category, delegation=sender, **facts
    )


def issued_now(meeting: Meeting, *, is_final: bool = False, seen: int | None = None, remark: str = "") -> ListVersion:
    number = len(versions_of(meeting)) if seen is None else seen
    with transaction():
        return issue(meeting, is_final=is_final, remark=remark, seen=number, by=None, at=make.TODAY)


def chosen(meeting: Meeting, **facts: Any) -> None:
    with transaction():
        choose(meeting, Choice(**facts), by=None, at=make.TODAY)


def world(meeting: Meeting) -> None:
    """One of each kind, in an order of numbers that is not that of the list."""
    come(
        meeting,
        "Ms. Sec Retariat",
        kind(meeting, "SEC", stakeholder_type="secretariat"),
        make.delegation(meeting, "The secretariat"),
    )
    come(
        meeting, "Mr. N. Go", kind(meeting, "NGO", stakeholder_type="civil-society"), make.delegation(meeting, "Greens")
    )
    come(meeting, "Ms. I. Go", kind(meeting, "IGO", stakeholder_type="igo"), make.delegation(meeting, "Asian Bank"))
    come(meeting, "Mr. Special Ized", kind(meeting, "SPA", stakeholder_type="un"), make.delegation(meeting, "ITU"))
    come(meeting, "Ms. U. En", kind(meeting, "UN", stakeholder_type="un"), make.delegation(meeting, "UNDP"))
    come(meeting, "Mr. Ob Server", kind(meeting, "OBS", "state"), state(meeting, "Kenya", "KEN"))
    members = kind(meeting, "MEM", "member")
    thailand, germany = state(meeting, "Thailand", "THA"), state(meeting, "Republic of Korea", "KOR")
    come(meeting, "Mr. Adviser Zed", members, thailand, delegation_role="ADV", job_title="Adviser, ICT")
    come(meeting, "Ms. Adviser Éclair", members, thailand, delegation_role="ADV")
    come(
        meeting,
        "H.E. Ms. Head Thai",
        members,
        thailand,
        delegation_role="HOD",
        job_title="Minister",
        organization="Ministry of Digital Economy",
    )
    come(meeting, "Mr. Head Korea", members, germany, delegation_role="HOD")
    come(
        meeting,
        "Mr. Private Media",
        kind(meeting, "PRS", stakeholder_type="private-sector"),
        make.delegation(meeting, "A firm"),
    )


def rows_of(book: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(BytesIO(book)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def let_in(gate: Gate, one: Registration, key: str, **facts: Any) -> None:
    read = {"client_key": key, "method": "typed", "read": "x", "verdict": "welcome"}
    times = {"scanned_at": make.TODAY, "received_at": make.TODAY}
    make.kept(Scan(gate_id=gate.id, registration_id=one.id, **read, **times, **facts))


def order_on(page: str, *words: str) -> list[str]:
    return sorted(words, key=page.index)


def test_the_layout_is_that_of_the_united_nations(organizer: PageClient, meeting: Meeting) -> None:
    world(meeting)
    issued_now(meeting)
    page = organizer.get(PAGE).text
    wanted = (
        *("Members", "Republic of Korea", "Mr. Head Korea", "Thailand", "Head of delegation", "H.E. Ms. Head Thai"),
        *("Ms. Adviser Éclair", "Mr. Adviser Zed", "Observers", "Kenya", "United Nations bodies", "UNDP"),
        *("Specialized agencies", "Asian Bank", "Non-governmental", "Other participants", "Ms. Sec Retariat"),
    )
    places = [page.rindex(words) if words == "Head of delegation" else page.index(words) for words in wanted]
    assert places == sorted(places)
    assert "Minister, Ministry of Digital Economy" in page


def registered(meeting: Meeting, name: str, kind: str, into: Organization | None = None) -> Delegation:
    """A delegation of this organization of the register, which may have been merged."""
    merged = into.id if into else None
    one = make.kept(Organization(name=name, names={}, other_names=[], kind=kind, merged_into_id=merged))
    return make.delegation(meeting, name, organization_id=one.id)


def test_the_register_says_the_part_where_the_category_says_none(organizer: PageClient, meeting: Meeting) -> None:
    guests, system = kind(meeting, "GST", stakeholder_type="technical"), kind(meeting, "UNS", stakeholder_type="un")
    civil = kind(meeting, "CIV", stakeholder_type="civil-society")
    bank = make.kept(Organization(name="A bank", names={}, other_names=[], kind="igo"))
    come(meeting, "Ms. Union", system, registered(meeting, "A union", "agency"))
    come(meeting, "Ms. Fund", system, registered(meeting, "A fund", "un"))
    come(meeting, "Ms. Cross", guests, registered(meeting, "A cross", "observer"))
    come(meeting, "Ms. Bank", guests, registered(meeting, "A bank of old", "other", bank))
    come(meeting, "Ms. Greens", guests, registered(meeting, "Greens", "ngo"))
    come(meeting, "Ms. Firm", guests, make.delegation(meeting, "A firm"))
    come(meeting, "Ms. Civil", civil, registered(meeting, "A treaty", "igo"))
    parts = {one.name.removeprefix("Ms. "): one.part for one in lines_in(live(meeting, Choice()))}
    assert parts == {
        "Union": "agencies",
        "Fund": "un",
        "Cross": "observers",
        "Bank": "igo",
        "Greens": "ngo",
        "Firm": "others",
        "Civil": "ngo",
    }
    issued_now(meeting)
    page = organizer.get(PAGE).text
    wanted = ("Ms. Cross", "Ms. Fund", "Ms. Union", "Ms. Bank", "Ms. Civil", "Ms. Greens", "Ms. Firm")
    assert order_on(page, *wanted) == list(wanted)
    book = [line for row in rows_of(organizer.get(f"{PAGE}/1/en.xlsx").data) for line in row if line in wanted]
    assert book == list(wanted)


def test_in_one_category_states_come_before_organizations_by_what_they_are(meeting: Meeting) -> None:
    guests = kind(meeting, "GST", stakeholder_type="technical")
    come(meeting, "Ms. Firm", guests, make.delegation(meeting, "A firm"))
    come(meeting, "Ms. Greens", guests, registered(meeting, "Blue greens", "ngo"))
    come(meeting, "Ms. Fund", guests, registered(meeting, "World fund", "un"))
    come(meeting, "Ms. Zed", guests, state(meeting, "Zambia", "ZMB"))
    names = [one.record_name for one in in_this_order(people_in_protocol_order(meeting))]
    assert names == ["Ms. Zed", "Ms. Fund", "Ms. Greens", "Ms. Firm"]


def test_states_stand_in_the_alphabet_of_the_language_by_their_un_names(
    organizer: PageClient, meeting: Meeting
) -> None:
    members = kind(meeting, "MEM", "member")
    for name, iso3 in (("Germany", "DEU"), ("Chad", "TCD"), ("France", "FRA")):
        come(meeting, f"Mr. {name}", members, state(meeting, name, iso3))
    issued_now(meeting)
    english, french, arabic = (organizer.get(f"{PAGE}?language={code}").text for code in ("en", "fr", "ar"))
    assert order_on(english, "Chad", "France", "Germany") == ["Chad", "France", "Germany"]
    assert order_on(french, ">Allemagne", ">France<", ">Tchad") == [">Allemagne", ">France<", ">Tchad"]
    assert order_on(arabic, ">ألمانيا", ">تشاد", ">فرنسا") == [">ألمانيا", ">تشاد", ">فرنسا"]


def test_only_those_who_have_a_place_and_agreed_are_in_it(organizer: PageClient, meeting: Meeting) -> None:
    category, sender = kind(meeting, "ORG"), make.delegation(meeting, "A body")
    come(meeting, "Ms. In", category, sender)
    come(meeting, "Ms. Pending", category, sender, state="pending")
    come(meeting, "Ms. Silent", category, sender, lists_name=False)
    page = organizer.get(MANAGE).text
    assert "1 person fits but did not agree to be named" in page
    issued_now(meeting)
    page = organizer.get(PAGE).text
    assert "Ms. In" in page and "Ms. Pending" not in page and "Ms. Silent" not in page


def test_whoever_takes_the_agreement_back_is_not_shown_in_what_was_issued(
    organizer: PageClient, meeting: Meeting
) -> None:
    category, sender = kind(meeting, "ORG"), make.delegation(meeting, "A body")
    one, _other = come(meeting, "Ms. Back", category, sender), come(meeting, "Ms. Stays", category, sender)
    issued_now(meeting)
    with transaction():
        one.lists_name = False
    assert "Ms. Back" not in organizer.get(PAGE).text
    names = [row[3] for row in rows_of(organizer.get(f"{PAGE}/1/en.xlsx").data)]
    assert names == ["Name", "Ms. Stays"]
    assert db.session.scalar(select(func.count(ListLine.id))) == 2


@pytest.mark.parametrize("rule", [ACCREDITED, PRESENT])
def test_the_rule_that_the_meeting_sets_decides(meeting: Meeting, rule: str) -> None:
    needs, free = (
        kind(meeting, "MEM", "member", needs_letter=True),
        kind(meeting, "SEC", stakeholder_type="secretariat"),
    )
    done = state(meeting, "Thailand", "THA", accredited_at=make.TODAY)
    one = come(meeting, "Ms. Accredited", needs, done)
    come(meeting, "Mr. Not", needs, state(meeting, "Kenya", "KEN"))
    come(meeting, "Ms. Staff", free, make.delegation(meeting, "Secretariat"))
    gate = make.kept(Gate(meeting_id=meeting.id, code="main", name="Main"))
    let_in(gate, one, "1")
    let_in(gate, one, "2")
    found = {line.name for line in lines_in(live(meeting, Choice(rule=rule)))}
    assert found == ({"Ms. Accredited", "Ms. Staff"} if rule == ACCREDITED else {"Ms. Accredited"})


def test_an_undone_reading_is_no_presence_and_a_left_out_category_is_not_in_it(meeting: Meeting) -> None:
    one = come(meeting, "Ms. Undone", kind(meeting, "MED"), make.delegation(meeting, "Press"))
    gate = make.kept(Gate(meeting_id=meeting.id, code="main", name="Main"))
    let_in(gate, one, "1", undone_at=make.TODAY)
    assert not lines_in(live(meeting, Choice(rule=PRESENT)))
    assert lines_in(live(meeting, Choice())) and not lines_in(live(meeting, Choice(left_out=("MED",))))


def test_a_version_stays_as_it_was_issued_and_the_next_says_what_differs(
    organizer: PageClient, meeting: Meeting
) -> None:
    members, sender = kind(meeting, "MEM", "member"), state(meeting, "Thailand", "THA")
    stays, goes = come(meeting, "Ms. Stays", members, sender), come(meeting, "Mr. Goes", members, sender)
    issued_now(meeting)
    with transaction():
        stays.job_title, goes.state = "Minister", "withdrawn"
    come(meeting, "Ms. New", members, sender)
    page = organizer.get(MANAGE).text
    assert "1 added, 1 gone, 1 changed" in page
    for words in ("Ms. New", "Mr. Goes", "Ms. Stays: Functional title", "Minister"):
        assert words in page
    second = issued_now(meeting)
    assert (second.number, second.people, second.added, second.gone, second.changed) == (2, 2, 1, 1, 1)
    assert "Mr. Goes" in organizer.get(f"{PAGE}/1").text and "Minister" not in organizer.get(f"{PAGE}/1").text
    assert "Mr. Goes" not in organizer.get(PAGE).text
    assert "Mr. Goes" in organizer.get(f"{MANAGE}/2").text


def test_what_is_refused(meeting: Meeting) -> None:
    with pytest.raises(Refused, match="Nobody would be in the list"):
        issued_now(meeting)
    come(meeting, "Ms. In", kind(meeting, "ORG"), make.delegation(meeting, "A body"))
    issued_now(meeting)
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        issued_now(meeting)
    with pytest.raises(Refused, match="meanwhile"):
        issued_now(meeting, seen=0)
    assert issued_now(meeting, is_final=True).number == 2
    with pytest.raises(Refused, match="final list is issued"):
        issued_now(meeting)
    assert db.session.scalar(select(func.count(ListLine.id))) == 2  # nothing is left of what was refused


def test_an_organizer_issues_it_and_history_says_so(organizer: PageClient, meeting: Meeting) -> None:
    come(meeting, "Ms. In", kind(meeting, "ORG"), make.delegation(meeting, "A body"))
    assert organizer.post(MANAGE, data={"seen": "0", "kind": "nonsense"}).status_code == 422
    assert organizer.post(MANAGE, data={"seen": "0", "kind": "provisional", "remark": "First"}).status_code == 303
    again = organizer.post(MANAGE, data={"seen": "0", "kind": "provisional", "remark": "Typed"})
    assert again.status_code == 409 and "Typed" in again.text
    verbs = db.session.scalars(select(Entry.verb)).all()
    assert verbs.count("issued the list of participants") == 1


@pytest.mark.parametrize("audience", ["organizers", PARTICIPANTS, PUBLIC])
def test_who_reads_it(client: PageClient, meeting: Meeting, audience: str) -> None:
    guest = come(meeting, "Ms. In", kind(meeting, "ORG"), make.delegation(meeting, "A body"))
    chosen(meeting, audience=audience)
    assert client.get(PAGE).status_code in (302, 303)  # none is issued: to sign in
    issued_now(meeting)
    anybody = client.get(PAGE).status_code
    on_page = PAGE in client.get("/meetings/spring/").text
    file = client.get(f"{PAGE}/1/en.xlsx").status_code
    client.sign_in(guest.person)
    participant = client.get(PAGE).status_code
    wanted = {"organizers": (302, 404), PARTICIPANTS: (302, 200), PUBLIC: (200, 200)}
    assert (200 if anybody == 200 else 302, participant) == wanted[audience]
    assert (anybody == 200) == on_page == (file == 200)


def test_the_choice_is_kept_and_shown(organizer: PageClient, meeting: Meeting) -> None:
    kind(meeting, "MED")
    sent = {"rule": "present", "audience": "public", "left_out": ["MED", "NONE"]}
    assert organizer.post(f"{MANAGE}/choice", data=sent).status_code == 303
    page = organizer.get(MANAGE).text
    assert page.count(" checked") == 3
    assert organizer.post(f"{MANAGE}/choice", data={"rule": "x", "audience": "public"}).status_code == 422


def test_the_word_file_is_read_by_a_reader_of_word_files(organizer: PageClient, meeting: Meeting) -> None:
    world(meeting)
    issued_now(meeting, is_final=True)
    read = docx.Document(BytesIO(organizer.get(f"{PAGE}/1/fr.docx").data))
    lines = [(line.style.name if line.style else "", line.text) for line in read.paragraphs]
    assert lines[0] == ("Title", "Liste finale des participants") and lines[1][1] == "Examen de printemps"
    headings = [text for style, text in lines if style == "Heading 2"]
    assert headings[:2] == ["République de Corée", "Thaïlande"]
    assert ("Normal", "H.E. Ms. Head Thai, Minister, Ministry of Digital Economy") in lines
    arabic = docx.Document(BytesIO(organizer.get(f"{PAGE}/1/ar.docx").data))
    assert all(line._p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for line in arabic.paragraphs)
    assert "تايلند" in [line.text for line in arabic.paragraphs]


def test_the_pdf_and_the_workbook_say_the_same(organizer: PageClient, meeting: Meeting) -> None:
    world(meeting)
    issued_now(meeting)
    text = " ".join(texts(organizer.get(f"{PAGE}/1/en.pdf").data))
    for words in ("Provisional list of participants", "Version 1", "Head of delegation", "Ms. Adviser Éclair", "Kenya"):
        assert words in text
    assert len(texts(organizer.get(f"{PAGE}/1/ar.pdf").data)) >= 1
    rows = rows_of(organizer.get(f"{PAGE}/1/en.xlsx").data)
    assert rows[1][:4] == ["Members", "Republic of Korea", "Head of delegation", "Mr. Head Korea"]
    arabic = openpyxl.load_workbook(BytesIO(organizer.get(f"{PAGE}/1/ar.xlsx").data))
    assert arabic.worksheets[0].sheet_view.rightToLeft
    for wrong in ("1/de.pdf", "2/en.pdf", "1/en.exe"):
        assert organizer.get(f"{PAGE}/{wrong}").status_code == 404


def test_a_page_and_a_version_make_no_object_of_each_registration(organizer: PageClient, meeting: Meeting) -> None:
    category, sender = kind(meeting, "ORG"), make.delegation(meeting, "A body")
    for number in range(5):
        come(meeting, f"Ms. No {number}", category, sender)
    for _time in range(2):
        with counted() as few, loaded(Registration, ListLine) as rows:
            organizer.get(MANAGE)
            issued_now(meeting, is_final=bool(versions_of(meeting)))
            organizer.get(PAGE)
        assert not rows
        for number in range(5, 15):
            come(meeting, f"Ms. No {number}", category, sender)
    assert len(few) < 60


def test_delegations_are_never_parted_by_the_pages(
    organizer: PageClient, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "A_PAGE", 2)
    category = kind(meeting, "ORG")
    for body in ("A", "B", "C"):
        sender = make.delegation(meeting, f"Body {body}")
        for number in range(2 if body == "B" else 1):
            come(meeting, f"Ms. {body}{number}", category, sender)
    issued_now(meeting)
    first, second = (organizer.get(f"{PAGE}?page={number}").text for number in (1, 2))
    assert "Ms. A0" in first and "Ms. B1" in first and "Ms. C0" not in first
    assert "Ms. C0" in second and "Ms. B1" not in second


def test_a_closed_meeting_issues_nothing(organizer: PageClient, meeting: Meeting) -> None:
    come(meeting, "Ms. In", kind(meeting, "ORG"), make.delegation(meeting, "A body"))
    with transaction():
        meeting.closed_at = make.TODAY
    assert organizer.post(MANAGE, data={"seen": "0", "kind": "final"}).status_code == 409
    assert not lines_in(issued(None)) and not versions_of(meeting)
