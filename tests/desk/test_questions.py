import pytest

from eventapp.desk.questions import manage
from eventapp.ground.db import db
from eventapp.meetings.models import Meeting
from eventapp.questions.kinds import KINDS
from eventapp.questions.queries import question_named, questions_of
from tests import make
from tests.browserless import PageClient
from tests.counting import counted
from tests.make_questions import condition, question

HERE = "/meetings/spring/manage/settings/questions"
TYPED = {
    "kind": "text",
    "stage": "registration",
    "label_en": "Your flight?",
    "label_fr": "Votre vol ?",
    "match": "all",
    "conditions-0-compared": "is",
    "conditions-0-depends_on": "",
}
CHOICES = {
    "kind": "choice",
    "choices-0-text_en": "Bus",
    "choices-0-text_fr": "Car",
    "choices-0-places": "40",
    "choices-2-text_en": "Train",
}


@pytest.fixture
def meeting(app: object, monkeypatch: pytest.MonkeyPatch) -> Meeting:
    monkeypatch.setattr(manage, "now", lambda: make.TODAY)
    return make.meeting(slug="spring", languages=["en", "fr"])


@pytest.fixture
def desk(client: PageClient, meeting: Meeting) -> PageClient:
    return client.sign_in(make.staff(meeting, "organizer"))


def labels(meeting: Meeting) -> list[str]:
    db.session.expire_all()
    return [one.label["en"] for one in questions_of(meeting, "registration")]


def test_a_question_is_added_in_two_languages_and_changed(desk: PageClient, meeting: Meeting) -> None:
    assert "No question yet" in desk.get(HERE).text
    answer = desk.post(HERE, data={**TYPED, **CHOICES, "is_required": "y"})
    assert (answer.status_code, answer.location) == (303, f"{HERE}?stage=registration")
    page = desk.get(HERE).text
    assert "Your flight?" in page
    assert "One of several answers, 40 places · Everybody, required" in page
    assert "1 text has no Français" in page
    assert "Votre vol ?" in desk.get(f"{HERE}?language=fr").text
    assert 'lang="en">Your flight?' in desk.get(f"{HERE}?language=ar").text
    form = desk.get(f"{HERE}/q1?language=en").text
    assert 'value="Bus"' in form
    assert 'value="Votre vol ?"' in form
    typed = {**TYPED, **CHOICES, "version": "1", "choices-0-code": "1", "choices-2-code": "2", "label_en": "Flight?"}
    assert desk.post(f"{HERE}/q1", data=typed).status_code == 303
    assert labels(meeting) == ["Flight?"]
    assert "Version 2" in desk.get(f"{HERE}/q1").text
    late = desk.post(f"{HERE}/q1", data={**typed, "label_en": "Plane?"})
    assert late.status_code == 409
    assert "Somebody changed this question meanwhile" in late.text
    assert 'value="Plane?"' in late.text


def test_history_says_in_words_what_was_changed(desk: PageClient, meeting: Meeting) -> None:
    desk.post(HERE, data=TYPED)
    desk.post(f"{HERE}/q1", data={**TYPED, "kind": "yes_no", "is_required": "y", "version": "1"})
    page = desk.get("/meetings/spring/manage/history").text
    assert "changed question" in page and "Text, one line" in page and "Yes or no" in page
    assert "An answer is required" in page and "is_required" not in page and "yes_no" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label_en": ""}, "Write the question."),
        ({"label_en": "x" * 100_000}, "Use 300 characters or less."),
        ({"help_fr": "x" * 100_000}, "Use 600 characters or less."),
        ({"kind": "choice"}, "Write an answer to choose."),
        ({**CHOICES, "choices-0-text_en": ""}, "Write this answer in English."),
        ({**CHOICES, "choices-2-text_en": "Bus"}, "This answer is there already."),
        ({**CHOICES, "choices-0-places": "many"}, "Write a whole number, in figures."),
        ({**CHOICES, "choices-0-code": "<b>"}, "Choose one of the answers that are offered."),
        ({"kind": "agreement"}, "Write the text that people agree to."),
        ({"kind": "poem"}, "Not a valid choice."),
        ({"categories": "NONE"}, "'NONE' is not a valid choice for this field."),
        ({"conditions-0-depends_on": "q9"}, "Not a valid choice."),
        ({"retention_days": "-1"}, "Write a whole number, in figures."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    desk: PageClient, meeting: Meeting, typed: dict[str, str], sentence: str
) -> None:
    answer = desk.post(HERE, data={**TYPED, **typed})
    assert answer.status_code == 422
    assert sentence.replace("'", "&#39;") in answer.text
    assert 'value="Votre vol ?"' in answer.text
    assert labels(meeting) == []


def test_more_answers_than_there_may_be_are_refused(desk: PageClient, meeting: Meeting) -> None:
    many = {f"choices-{number}-text_en": f"Answer {number}" for number in range(61)}
    answer = desk.post(HERE, data={**TYPED, "kind": "choice", **many})
    assert answer.status_code == 422
    assert "60 answers to choose at most" in answer.text
    assert labels(meeting) == []


def test_a_question_is_placed_ended_asked_again_and_deleted(desk: PageClient, meeting: Meeting) -> None:
    for label in ("One", "Two"):
        question(meeting, label={"en": label})
    assert desk.post(f"{HERE}/q2/place", data={"act": "up"}).status_code == 303
    assert labels(meeting) == ["Two", "One"]
    desk.post(f"{HERE}/q2/place", data={"place": "2"})
    assert labels(meeting) == ["One", "Two"]
    for odd in ({"place": "x" * 10}, {}, {"place": "-3"}):
        assert desk.post(f"{HERE}/q2/place", data=odd).status_code == 303
    assert labels(meeting) == ["One", "Two"]
    assert "Stop asking this question?" in desk.get(f"{HERE}/q2/end").text
    assert labels(meeting) == ["One", "Two"]
    desk.post(f"{HERE}/q2/end")
    assert labels(meeting) == ["One"]
    assert desk.get(f"{HERE}/q2").status_code == 404
    assert "Ask again" in desk.get(HERE).text
    desk.post(f"{HERE}/q2/return")
    assert labels(meeting) == ["One", "Two"]
    desk.post(f"{HERE}/q2/end")
    desk.post(f"{HERE}/q2/removal")
    assert question_named(meeting, "q2") is None


def test_what_is_refused_is_said_above_the_list(desk: PageClient, meeting: Meeting) -> None:
    visit = question(meeting, kind="yes_no", label={"en": "Will you join?"})
    question(meeting, label={"en": "Shoe size"}, condition=condition(visit, "yes"))
    answer = desk.post(f"{HERE}/q2/place", data={"act": "up"})
    assert answer.status_code == 409
    assert "so it stays below it" in answer.text
    assert "Only if “Will you join?” has the answer “Yes”" in answer.text
    assert "Change its condition first" in desk.post(f"{HERE}/q1/end").text
    assert 'value="q1=yes"' in desk.get(f"{HERE}/q2").text
    assert 'value="q2"' not in desk.get(f"{HERE}/q1").text


def test_a_question_depends_on_several_answers(desk: PageClient, meeting: Meeting) -> None:
    for label in ("Visit", "Lunch"):
        question(meeting, kind="yes_no", label={"en": label})
    on = {
        "conditions-0-depends_on": "q1=yes", "conditions-0-compared": "is",
        "conditions-1-depends_on": "q2=no", "conditions-1-compared": "is_not", "match": "any",
    }  # fmt: skip
    assert desk.post(HERE, data={**TYPED, **on}).status_code == 303
    said = "If any of these holds: Only if “Visit” has the answer “Yes”; Only if “Lunch” has not the answer “No”"
    assert said in desk.get(HERE).text
    page = desk.get(f"{HERE}/q3").text
    assert 'value="q2=no" selected' in page and 'name="conditions-2-depends_on"' in page, "and a blank one"
    assert desk.post(f"{HERE}/q3", data={**TYPED, "version": "1"}).status_code == 303
    db.session.expire_all()
    assert [one.condition for one in questions_of(meeting, "registration")] == [{}, {}, {}]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_form(desk: PageClient, meeting: Meeting, kind: str) -> None:
    typed = {**TYPED, **CHOICES, "kind": kind, "agreement_en": "The rules"}
    assert desk.post(HERE, data=typed).status_code == 303
    assert desk.get(f"{HERE}/q1").status_code == 200


def test_a_list_of_hundreds_is_read_page_by_page_with_as_many_questions(desk: PageClient, meeting: Meeting) -> None:
    question(meeting, label={"en": "First"})
    desk.get(HERE)
    with counted() as few:
        desk.get(HERE)
    for number in range(59):
        question(meeting, label={"en": f"Question {number}"})
    desk.get(HERE)
    with counted() as many:
        page = desk.get(HERE).text
    assert len(many) == len(few)
    assert "Question 48" in page and "Question 49" not in page
    assert "Question 58" in desk.get(f"{HERE}?page=2").text
    assert "Question 58" in desk.get(f"{HERE}?page=999").text
    found = desk.get(f"{HERE}?q=question+5").text
    assert "10 questions found" in found and "Question 58" in found and "Question 49" not in found
    assert 'data-place="60"' in found, "its place among all"
    assert "0 questions found" in desk.get(f"{HERE}?q={'x' * 5000}").text


def test_a_question_follows_the_code_of_its_category(desk: PageClient, meeting: Meeting) -> None:
    make.category(meeting, code="NGO")
    row = question(meeting, categories=("NGO", "GOV"))
    changed = {
        "code": "CSO", "name": "Civil society", "stakeholder_type": "civil-society", "represents": "organization",
        "protocol_order": "3", "colour": "#123f7a", "ink": "#ffffff", "letter": "C", "shape": "square",
    }  # fmt: skip
    assert desk.post("/meetings/spring/manage/settings/categories/NGO", data=changed).status_code == 303
    db.session.expire_all()
    assert row.categories == ["CSO", "GOV"]


def test_one_who_is_no_organizer_finds_none_of_it(client: PageClient, meeting: Meeting) -> None:
    question(meeting)
    client.sign_in(make.staff(meeting, "rapporteur"))
    for path in ("", "/new", "/q1", "/q1/end"):
        assert client.get(HERE + path).status_code == 404


def test_a_question_of_another_meeting_is_not_there(desk: PageClient, meeting: Meeting) -> None:
    question(make.meeting())
    assert desk.get(f"{HERE}/q1").status_code == 404
    assert desk.get(f"{HERE}?stage=lunch").status_code == 404


def test_the_form_is_seen_as_each_category_in_each_language_and_sends_nothing(
    desk: PageClient, meeting: Meeting
) -> None:
    assert "no categories yet" in desk.get(f"{HERE}/preview").text
    make.category(meeting, code="NGO", name="Civil society")
    make.category(meeting, code="GOV", name="Government", takes_registrations=False)
    visit = question(meeting, kind="yes_no", label={"en": "Visit?", "fr": "Visite ?"}, categories=("GOV",))
    question(meeting, stage="approved", label={"en": "Shoe size"}, condition=condition(visit, "yes"))
    question(meeting, stage="desk", label={"en": "Seat of honour"})
    assert f"{HERE}/preview" in desk.get(HERE).text
    first = desk.get(f"{HERE}/preview").text
    assert 'value="NGO" selected' in first and "Visit?" not in first
    page = desk.get(f"{HERE}/preview?category=GOV&tongue=fr").text
    assert "Visite ?" in page and "Fonction" in page and 'data-match="all"' in page
    assert '<div class="formpage sheet" lang="fr" dir="ltr"' in page
    assert "Seat of honour" not in page
    assert 'method="post"' not in page.partition('class="formpage sheet"')[2].partition("</main>")[0]
    assert 'dir="rtl"' in desk.get(f"{HERE}/preview?tongue=ar").text
    for wrong in ("category=LUNCH", "tongue=tlh"):
        assert desk.get(f"{HERE}/preview?{wrong}").status_code == 404
