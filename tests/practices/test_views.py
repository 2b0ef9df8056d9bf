from io import BytesIO

from PIL import Image

from eventapp.agenda.models import Session
from eventapp.ground.db import db, transaction
from eventapp.history.queries import entries_of
from eventapp.meetings.models import ORGANIZER, RAPPORTEUR
from eventapp.practices.actions import turn_into_note
from eventapp.practices.models import Card
from eventapp.practices.queries import file_of
from eventapp.record.notes.labels import has_unsourced
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_practices import RESULTS, cleared, invited, sent

FORM = {
    "draft": "0",
    "project": "Prices by radio",
    "owner": "Ministry of Agriculture",
    "country": "BTN",
    "action_lines": ["C7-EAGR"],
    "goals": ["2"],
    "results": RESULTS,
    "measures": ["12,000", ""],
    "unit": ["farmers", ""],
    "source": ["Ministry, 2016", ""],
    "contact_name": "Pema Choden",
    "contact_email": "pema@example.org",
    "outlets": ["prizes"],
}


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "PNG")
    return file.getvalue()


def begun(client: PageClient) -> tuple[Card, str]:
    card, token = invited(make.session(make.meeting(), code="S6", kind="practices"))
    client.post(f"/practices/{token}/opening")
    return card, f"/practices/{token}"


def test_opening_the_link_changes_nothing_before_the_button_is_pressed(client: PageClient) -> None:
    card, token = invited(make.session(make.meeting()))
    page = client.get(f"/practices/{token}")
    assert "Fill in the card" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert card.opened_at is None
    assert client.post(f"/practices/{token}/opening").status_code == 303
    assert card.opened_at is not None
    assert "Results, in words" in client.get(f"/practices/{token}").text


def test_a_card_is_sent(client: PageClient) -> None:
    card, address = begun(client)
    assert client.post(address, data=FORM).status_code == 303
    assert (card.content["measures"], card.may_be_forwarded_to) == (
        [{"figure": "12,000", "unit": "farmers", "source": "Ministry, 2016"}], ["prizes"],
    )  # fmt: skip
    assert "You can correct it and send it again" in client.get(address).text


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: PageClient) -> None:
    card, address = begun(client)
    wrong = {**FORM, "project": "", "results": "word " * 152, "measures": ["", ""], "action_lines": []}
    answer = client.post(address, data=wrong)
    assert answer.status_code == 422
    for words in ("Write the name of the project.", "Use 150 words or less; there are 152 now.", "Write the figure that “farmers” is about.",
                  "Choose one action line or more.", "word word"):  # fmt: skip
        assert words in answer.text
    assert (card.sent_at, card.version) == (None, 0)


def test_a_figure_without_a_source_is_kept_and_flagged(client: PageClient) -> None:
    card, address = begun(client)
    assert client.post(address, data={**FORM, "source": ["", ""]}).status_code == 303
    assert card.content["measures"] == [{"figure": "12,000", "unit": "farmers", "source": ""}]
    assert "no source: not publishable" in client.get(address).text
    with transaction():
        note = turn_into_note(card, by=None, at=make.TODAY)
    assert has_unsourced(note)
    client.sign_in(make.staff(card.meeting, ORGANIZER))
    desk = f"/meetings/{card.meeting.slug}/manage/practices/{card.number}"
    assert "(no source: not publishable)" in client.get(desk).text


def test_figures_in_the_words_are_asked_for_in_rows(client: PageClient) -> None:
    card, address = begun(client)
    words = "Prices reached 12,000 farmers, and 96 per cent of them by radio."
    client.post(address, data={**FORM, "results": words})
    shown = client.get(address).text
    assert "Your words say: 96 per cent. Write each in a row here, with its source." in shown
    rows = {"measures": ["12,000", "96%"], "unit": ["farmers", ""], "source": ["Ministry, 2016", "Ministry, 2016"]}
    client.post(address, data={**FORM, "draft": str(card.version), "results": words, **rows})
    assert "Your words say" not in client.get(address).text


def test_half_a_card_is_kept_for_later(client: PageClient) -> None:
    card, address = begun(client)
    assert client.post(address, data={"draft": "0", "project": "Prices", "keep": "1"}).status_code == 303
    assert (card.content["project"], card.sent_at) == ("Prices", None)
    assert 'value="Prices"' in client.get(address).text
    answer = client.post(address, data={"draft": "1", "project": "x" * 121, "keep": "1"})
    assert (answer.status_code, card.content["project"]) == (422, "Prices")


def test_what_is_typed_is_kept_with_the_time(client: PageClient) -> None:
    card, address = begun(client)
    answer = client.post(f"{address}/draft", data={"draft": "0", "results": "Half a sen"})
    assert (answer.status_code, answer.headers["X-Version"]) == (204, "1")
    assert answer.headers["X-Saved-At"].count(":") == 2
    assert card.content["results"] == "Half a sen"
    assert client.post(f"{address}/draft", data={"draft": "0", "results": "Elsewhere"}).status_code == 409
    assert client.post(f"{address}/draft", data={"draft": "1", "results": "x" * 3001}).status_code == 422
    assert card.content["results"] == "Half a sen"


def test_the_second_window_is_told_and_may_write_over_the_first(client: PageClient) -> None:
    card, address = begun(client)
    client.post(address, data={**FORM, "results": "From the first window.", "keep": "1"})
    answer = client.post(address, data={**FORM, "results": "From the second window."})
    assert answer.status_code == 409
    assert "changed in another window" in answer.text
    assert "From the second window." in answer.text
    assert card.content["results"] == "From the first window."
    again = {**FORM, "results": "From the second window.", "draft": "1", "over": "1"}
    assert client.post(address, data=again).status_code == 303
    assert [one.content["results"] for one in card.revisions] == ["From the first window.", "From the second window."]


def test_half_a_card_that_meets_another_text_is_told_of_that_alone(client: PageClient) -> None:
    _card, address = begun(client)
    client.post(address, data={**FORM, "keep": "1"})
    page = client.post(address, data={"draft": "0", "results": "Half a sen", "keep": "1"})
    assert (page.status_code, "changed in another window" in page.text) == (409, True)
    assert "Write the name of the project." not in page.text
    assert "Write the name of the project." in client.post(address, data={"draft": "0", "results": "Half a sen"}).text


def test_a_consent_is_withdrawn_by_the_link(client: PageClient) -> None:
    card, token = sent(make.session(make.meeting()), outlets=("stocktaking", "prizes"))
    assert client.post(f"/practices/{token}/consents", data={"outlets": ["prizes"]}).status_code == 303
    assert card.may_be_forwarded_to == ["prizes"]
    assert client.post(f"/practices/{token}", data={**FORM, "draft": "1"}).status_code == 303
    assert card.may_be_forwarded_to == ["prizes"]


def test_a_picture_goes_along_and_a_page_in_disguise_does_not(client: PageClient) -> None:
    card, address = begun(client)
    sound = {**FORM, "file": (BytesIO(picture()), "photo.png")}
    assert client.post(address, data=sound, content_type="multipart/form-data").status_code == 303
    kept = file_of(card)
    assert kept is not None
    assert kept.content_type == "image/jpeg"
    assert [one.detail["file"] for one in entries_of(card) if "file" in one.detail] == [kept.given_name]
    answer = client.get(f"{address}/file")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    bad = {**FORM, "draft": "1", "file": (BytesIO(b"<script>alert(1)</script>"), "photo.pdf")}
    answer = client.post(address, data=bad, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "whatever its name says" in answer.text


def worked(client: PageClient) -> tuple[Session, str]:
    meeting = make.meeting()
    session = make.session(meeting, code="S6", kind="practices")
    client.sign_in(make.staff(meeting, RAPPORTEUR))
    return session, f"/meetings/{meeting.slug}/manage/practices"


def test_a_rapporteur_invites_whoever_presents_and_anybody_else(client: PageClient) -> None:
    session, address = worked(client)
    role = make.role(session, name="Pema Choden", organization="Ministry", person_id=make.person("Pema").id)
    make.role(session, name="No Address")
    page = client.get(address).text
    assert "No card yet" in page and "No address is known" in page
    assert client.post(address, data={"role": str(role.id), "kind": "flagship"}).status_code == 303
    form = {"session": "S6", "kind": "good-practice", "name": "Somebody", "email": "else@example.org"}
    assert client.post(address, data=form).status_code == 303
    assert client.post(address, data=form).status_code == 409
    assert client.post(address, data={**form, "email": "nowhere"}).status_code == 422
    page = client.get(address).text
    assert page.count("GP-0") >= 2 and "Invited" in page


def test_one_click_makes_a_note_and_the_note_says_where_it_comes_from(client: PageClient) -> None:
    session, address = worked(client)
    card, _token = sent(session)
    assert RESULTS in client.get(f"{address}/1").text
    answer = client.post(f"{address}/1", data={"act": "note"})
    assert answer.location.endswith(f"/meetings/{session.meeting.slug}/record/S6/1")
    page = client.get(answer.location).text
    assert "from the good practice card" in page
    assert f'href="/meetings/{session.meeting.slug}/manage/practices/1"' in page
    assert client.post(f"{address}/1", data={"act": "note"}).status_code == 409
    assert "Note S6-01" in client.get(address).text
    db.session.rollback()
    assert card.note is not None


def test_a_card_of_a_cleared_session_is_said_to_be_late_before_anybody_fills_it(client: PageClient) -> None:
    session = make.session(make.meeting())
    presenter = make.role(session, role="prize-winner", name="Dorji Wangmo", person_id=make.person("Dorji").id)
    _card, token = invited(session)
    client.sign_in(make.staff(session.meeting, RAPPORTEUR))
    here = f"/meetings/{session.meeting.slug}/manage/practices"
    assert "Fill in the card" in client.get(f"/practices/{token}").text
    assert presenter.name in client.get(here).text

    cleared(session)

    page = client.get(f"/practices/{token}").text
    assert "was not sent in time" in page
    assert "Fill in the card" not in page
    page = client.get(here).text
    assert "Not sent in time" in page
    assert presenter.name not in page
    assert 'value="remind"' not in page


def test_a_draft_is_shown_to_nobody_else(client: PageClient) -> None:
    session, address = worked(client)
    _card, token = invited(session)
    visitor = PageClient(client.application)
    visitor.post(f"/practices/{token}/draft", data={"draft": "0", "results": "Between us."})
    assert "Between us." not in client.get(f"{address}/1").text
    assert "Filling" in client.get(address).text


def test_a_link_that_was_ended_opens_nothing(client: PageClient) -> None:
    session, address = worked(client)
    _card, token = invited(session)
    assert client.post(f"{address}/1", data={"act": "end"}).status_code == 303
    for path in ("", "/file"):
        assert client.get(f"/practices/{token}{path}").status_code == 410
    assert client.post(f"/practices/{token}", data=FORM).status_code == 410


def test_a_list_of_three_asks_as_much_as_a_list_of_one(client: PageClient) -> None:
    session, address = worked(client)
    counts = []
    for number in (1, 2):
        for who in range(number):
            invited(session, email=f"presenter{number}{who}@example.org")
        with counted() as statements:
            client.get(address)
        counts.append(len(statements))
    assert counts[0] == counts[1]
