"""Papers for one person: what they say, who gets one, checking one, and the file."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from eventapp.checkin.models import Gate, Scan
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import Meeting
from eventapp.personal_papers.actions import issue, prepare, write_template
from eventapp.personal_papers.content import filled
from eventapp.personal_papers.issued import Issued
from eventapp.personal_papers.kinds import CERTIFICATE, INVITATION, KINDS, NAMEPLATE, WORDS, unknown_in
from eventapp.personal_papers.models import PersonalPaper
from eventapp.personal_papers.queries import Chosen, template_of
from eventapp.registration.entry import own_token
from eventapp.registration.models import Registration
from tests import make
from tests.badges.reading import codes, sides, texts
from tests.browserless import PageClient

pytestmark = pytest.mark.usefixtures("app")
PAGE = "/meetings/spring/manage/papers"


@pytest.fixture
def meeting() -> Meeting:
    return make.meeting(slug="spring", languages=["en", "fr", "ar"])


@pytest.fixture
def organizer(client: PageClient, meeting: Meeting) -> PageClient:
    client.sign_in(make.staff(meeting, "organizer"))
    return client


@pytest.fixture
def guest(meeting: Meeting) -> Registration:
    state = make.delegation(meeting, "Thailand", country="THA", is_state=True)
    facts = {"job_title": "Minister", "given_name": "Anong", "family_name": "Suksawat"}
    return make.registration(meeting, record_name="H.E. Ms. Anong Suksawat", delegation=state, **facts)


def issued(meeting: Meeting, kind: str = INVITATION, tongue: str = "en", days: int = 0, **chosen: str) -> list[Issued]:
    at = make.TODAY + timedelta(days=days)
    contents = prepare(meeting, kind, tongue, Chosen(**chosen), at=at)
    with transaction():
        return issue(meeting, kind, tongue, contents, by=None, at=at)


def let_in(meeting: Meeting, *people: Registration) -> None:
    gate = make.kept(Gate(meeting_id=meeting.id, code="main", name="Main"))
    facts = {"method": "typed", "read": "x", "verdict": "welcome", "scanned_at": make.TODAY, "received_at": make.TODAY}
    for one in people:
        make.kept(Scan(gate_id=gate.id, registration_id=one.id, client_key=one.reference, **facts))


def words_of(one: Issued) -> str:
    return " | ".join("".join(run["text"] for run in block["runs"]) for block in one.content["blocks"])


def papers() -> list[PersonalPaper]:
    return list(db.session.scalars(select(PersonalPaper).order_by(PersonalPaper.number)))


def sent(**facts: str) -> dict[str, str]:
    return {"kind": INVITATION, "tongue": "en", "category": "", "references": "", **facts}


def test_a_template_is_filled_and_never_run() -> None:
    values = {"name": "Ada **B** {city} # $x$", "role": ""}
    blocks = filled("# Dear {name}\n\n{{7*7}} *is* {text}, {role}\n\n{role}\n\n- one", values)
    said = ["".join(run["text"] for run in block["runs"]) for block in blocks]
    assert said == ["Dear Ada **B** {city} # $x$", "{{7*7}} is {text}", "one"]
    assert [block["level"] for block in blocks] == [1, 0, 0] and blocks[2]["item"]


def test_the_texts_that_are_shipped_have_no_unknown_word(meeting: Meeting) -> None:
    assert [unknown_in(str(kind.text)) for kind in KINDS.values()] == [[]] * len(KINDS)
    assert unknown_in("{nmae} {{name}} {name} {7} {NAME}") == ["nmae"] and "name" in WORDS


def test_a_letter_says_who_and_what_in_its_language(meeting: Meeting, guest: Registration) -> None:
    (english,), (french,) = issued(meeting), issued(meeting, tongue="fr")
    assert "H.E. Ms. Anong Suksawat, Minister, Thailand" in words_of(english)
    assert "Thaïlande" in words_of(french) and "mars 2026" in words_of(french)
    assert (english.number, french.number) == ("LTR-0001", "LTR-0002")


def test_whoever_has_one_that_says_the_same_keeps_it(meeting: Meeting, guest: Registration) -> None:
    (first,), (again,) = issued(meeting), issued(meeting, days=3)
    assert first == again and len(papers()) == 1
    with transaction():
        write_template(meeting, INVITATION, "en", "Another {name}", "", by=None, at=make.TODAY)
    (other,) = issued(meeting)
    before, after = papers()
    assert other.number == "LTR-0002" and (before.state, after.state) == ("replaced", "genuine")


def test_a_certificate_is_only_for_those_who_were_there(
    organizer: PageClient, meeting: Meeting, guest: Registration
) -> None:
    make.registration(meeting, record_name="Mr. Absent")
    with pytest.raises(Refused, match="let in at a door"):
        issued(meeting, CERTIFICATE)
    let_in(meeting, guest)
    assert len(issued(meeting, CERTIFICATE)) == 1
    text = " ".join(texts(organizer.post(PAGE, data=sent(kind=CERTIFICATE)).data))
    assert "Anong Suksawat" in text and "Absent" not in text


def test_the_choice_is_a_category_or_numbers(organizer: PageClient, meeting: Meeting, guest: Registration) -> None:
    other = make.registration(meeting)
    assert [one.content["basis"] for one in issued(meeting, references=guest.reference)]
    assert len(issued(meeting, category=other.category.code)) == 1 and len(issued(meeting)) == 2
    make.registration(meeting, state="pending")
    with pytest.raises(Refused, match="Nobody is chosen"):
        issued(meeting, references="R-9999")
    wrong = organizer.post(PAGE, data=sent(references="R-1, nobody"))
    assert wrong.status_code == 422 and "nobody" in wrong.text
    assert organizer.post(PAGE, data=sent(references="R-9999")).status_code == 422
    assert organizer.post(PAGE, data=sent(kind="none")).status_code == 422


def test_the_code_of_a_letter_leads_to_a_page_with_nothing_personal(
    client: PageClient, meeting: Meeting, guest: Registration
) -> None:
    client.sign_in(make.staff(meeting, "organizer"))
    issued(meeting)
    file = client.post(PAGE, data=sent()).data
    (address,) = codes(file)
    paper = papers()[0]
    assert address.endswith(f"/papers/{paper.code}") and "LTR-0001" in texts(file)[0]
    visitor = client.application.test_client()
    page = visitor.get(f"/papers/{paper.code}").text
    for words in ("Genuine and valid", "LTR-0001", "A. S.", "Thailand", "2 March 2026"):
        assert words in page
    for words in ("Anong", "Suksawat", "Minister", guest.reference, guest.person.email):
        assert words not in page
    unknown = visitor.get("/papers/NOSUCHCODE")
    assert unknown.status_code == 404 and "Not issued here" in unknown.text


def test_it_is_revoked_with_the_registration(client: PageClient, meeting: Meeting, guest: Registration) -> None:
    issued(meeting)
    code, token = papers()[0].code, own_token(guest)
    there = f"/registrations/{token}/papers/1.pdf"
    assert "LTR-0001" in client.get(f"/registrations/{token}").text
    assert "LTR-0001" in texts(client.get(there).data)[0]
    with transaction():
        guest.state = "withdrawn"
    assert "Not valid any more" in client.get(f"/papers/{code}").text
    assert client.get(there).status_code == 404 and "LTR-0001" not in client.get(f"/registrations/{token}").text


def test_nobody_gets_the_paper_of_somebody_else(client: PageClient, meeting: Meeting, guest: Registration) -> None:
    other = make.registration(meeting)
    issued(meeting, references=guest.reference)
    assert client.get(f"/registrations/{own_token(other)}/papers/1.pdf").status_code == 404


def test_a_misspelt_word_is_named_and_what_was_typed_stays(organizer: PageClient, meeting: Meeting) -> None:
    there = f"{PAGE}/{INVITATION}/en"
    wrong = organizer.post(there, data={"text": "Dear {nmae}, {{7*7}}", "signatory": "A"})
    assert wrong.status_code == 422 and "{nmae}" in wrong.text and "{{7*7}}" in wrong.text
    assert template_of(meeting, INVITATION, "en") is None
    assert organizer.post(there, data={"text": "Dear {name}, {{7*7}}", "signatory": "A"}).status_code == 303
    assert "{{7*7}}" in organizer.get(there).text and "49" not in organizer.get(there).text.split("<textarea")[1][:80]
    assert "wrote a template of papers" in db.session.scalars(select(Entry.verb)).all()
    for none in (f"{PAGE}/{INVITATION}/de", f"{PAGE}/none/en"):
        assert organizer.get(none).status_code == 404


def test_a_letterhead_is_a_picture(organizer: PageClient, meeting: Meeting, guest: Registration) -> None:
    there = f"{PAGE}/{INVITATION}/en/letterhead"
    for content in (b"", b"%PDF-1.4 %%EOF", b"\x89PNG\r\n\x1a\nbroken"):
        assert organizer.post(there, data={"letterhead": (BytesIO(content), "a.png")}).status_code == 422
    out = BytesIO()
    Image.new("RGB", (400, 80), "navy").save(out, "PNG")
    assert organizer.post(there, data={"letterhead": (BytesIO(out.getvalue()), "a.png")}).status_code == 303
    assert "A picture is printed above." in organizer.get(f"{PAGE}/{INVITATION}/en").text
    assert b"/DCTDecode" in organizer.post(PAGE, data=sent()).data
    assert organizer.post(there, data={"do": "remove"}).status_code == 303
    assert b"/DCTDecode" not in organizer.post(PAGE, data=sent()).data


def test_a_letterhead_is_not_written_over_unseen(organizer: PageClient, meeting: Meeting) -> None:
    page = f"{PAGE}/{INVITATION}/en"

    def seen() -> str:
        return str(re.findall('name="seen"[^>]* value="([^"]+)"', organizer.get(page).text)[-1])

    def sent_with(mark: str, colour: str) -> TestResponse:
        out = BytesIO()
        Image.new("RGB", (400, 80), colour).save(out, "PNG")
        return organizer.post(
            f"{page}/letterhead", data={"seen": mark, "letterhead": (BytesIO(out.getvalue()), "a.png")}
        )

    opened_by_both = seen()
    assert sent_with(opened_by_both, "navy").status_code == 303
    first = template_of(meeting, INVITATION, "en")
    assert first is not None
    stands = first.letterhead
    answer = sent_with(opened_by_both, "red")
    assert answer.status_code == 409 and "Somebody changed the picture meanwhile." in answer.text
    db.session.expire_all()
    assert first.letterhead == stands
    removal = {"do": "remove", "seen": opened_by_both}
    assert organizer.post(f"{page}/letterhead", data=removal).status_code == 409
    assert sent_with(seen(), "red").status_code == 303
    db.session.expire_all()
    assert first.letterhead != stands


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("tongue", ["en", "ar"])
def test_every_kind_is_set_a_page_for_each_person(
    organizer: PageClient, meeting: Meeting, guest: Registration, kind: str, tongue: str
) -> None:
    let_in(meeting, guest)
    make.registration(meeting, record_name="Ms. " + "Very-Long-Name " * 8)
    file = organizer.post(PAGE, data=sent(kind=kind, tongue=tongue)).data
    people = 1 if KINDS[kind].needs_presence else 2
    assert len(sides(file)) == people
    assert len(papers()) == (people if KINDS[kind].sign else 0)
    assert len(codes(file)) == len(papers())


def test_a_closed_meeting_issues_nothing(organizer: PageClient, meeting: Meeting, guest: Registration) -> None:
    with transaction():
        meeting.closed_at = make.TODAY
    assert organizer.post(PAGE, data=sent()).status_code == 409 and not papers()
    assert organizer.post(PAGE, data=sent(kind=NAMEPLATE)).status_code == 409


def test_the_list_one_comes_from_chooses_too(organizer: PageClient, meeting: Meeting, guest: Registration) -> None:
    other = make.registration(meeting, record_name="Ada Byron", search_text="ada byron")
    guest.search_text = "anong suksawat"
    db.session.commit()
    listed = "/meetings/spring/manage/registrations?state=everyone&q=byron"
    assert "papers?list=1&amp;state=everyone&amp;q=byron" in organizer.get(listed).text
    page = organizer.get(f"{PAGE}?list=1&state=everyone&q=byron").text
    assert "Only of the list you came from: 1 person in it has a place." in page
    assert organizer.post(PAGE, data=sent(filters="state=everyone&q=byron")).status_code == 200
    assert [one.registration_id for one in papers()] == [other.id]
    assert organizer.post(PAGE, data=sent(filters="state=everyone&q=nobody")).status_code == 409
    assert "list you came from" not in organizer.get(PAGE).text


def test_a_nameplate_leads_to_the_agenda_where_that_is_wanted(
    organizer: PageClient, meeting: Meeting, guest: Registration
) -> None:
    for kind in (NAMEPLATE, "tent"):
        assert codes(organizer.post(PAGE, data=sent(kind=kind)).data) == []
        assert codes(organizer.post(PAGE, data=sent(kind=kind, qr="y")).data) == [
            "http://localhost/meetings/spring/agenda"
        ]
    [letter] = codes(organizer.post(PAGE, data=sent(qr="y")).data)
    assert "/papers/" in letter


def looks(verb: str) -> list[dict[str, object]]:
    return [one.detail for one in db.session.scalars(select(Entry).where(Entry.verb == verb).order_by(Entry.id))]


def test_history_says_whose_papers_were_issued_printed_and_opened(
    organizer: PageClient, meeting: Meeting, guest: Registration
) -> None:
    organizer.post(PAGE, data=sent())
    organizer.post(PAGE, data=sent())
    organizer.post(PAGE, data=sent(kind=NAMEPLATE))
    assert [(one["papers"], one["registrations"]) for one in looks("issued papers")] == [
        (1, [guest.reference]),
        (0, [guest.reference]),
    ], "who has one already keeps it, and its file is handed out again"
    assert [one["registrations"] for one in looks("printed papers")] == [[guest.reference]]
    there = f"/registrations/{own_token(guest)}/papers"
    organizer.get(f"{there}/1.pdf")
    organizer.get(f"{there}/2.pdf")
    assert looks("opened a paper") == [{"number": "LTR-0001"}]
    organizer.head(f"{there}/1.pdf")
    assert len(looks("opened a paper")) == 1, "nothing was handed out"
