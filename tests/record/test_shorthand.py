import pytest
from flask import Flask
from flask_babel import force_locale

from eventapp.record.notes.queries import notes_of
from eventapp.record.notes.shorthand import Understood, understand, ways
from eventapp.record.sessions.speakers import speakers_of
from eventapp.vocabulary.lines import ACTION_LINES
from tests import make
from tests.browserless import PageClient


def test_one_line_says_everything(app: Flask) -> None:
    session = make.session(make.meeting())
    make.role(session, name="Samira Haddad", organization="ITU")
    line = "!challenge @samira #c7agr #sdg2 ~org Most cases were small."
    assert understand(line, speakers_of(session)) == Understood(
        text="Most cases were small.",
        kind="challenge",
        speaker="Samira Haddad, ITU",
        ceiling="organization",
        action_lines=["C7-EAGR"],
        goals=[2],
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words.",
        "#nothing at all",
        "! what",
        "@nobody said",
        "It is #c2 inside.",
        "~x",
        "#18 goals",
        "#sdg0 x",
    ],
)
def test_what_is_not_understood_stays(text: str) -> None:
    assert understand(text, []) == Understood(text)


def test_a_mark_that_is_not_understood_does_not_hide_those_after_it() -> None:
    assert understand("!rec @nobody #c5 #zz #4 Train.  ", []) == Understood(
        "@nobody #zz Train.", kind="recommendation", action_lines=["C5"], goals=[4]
    )
    assert understand("@nobody #c5", []) == Understood("@nobody", action_lines=["C5"])


@pytest.mark.parametrize(("mark", "kind"), [("!tr", "trend"), ("!good", "good-practice"), ("!Good-P", "good-practice")])
def test_the_first_letters_are_enough(mark: str, kind: str) -> None:
    assert understand(f"{mark} words", []) == Understood("words", kind=kind)


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("fr", "!recommandation ~aucun Former.", ("recommendation", "nobody")),
        ("fr", "!difficulte ~org Former.", ("challenge", "organization")),
        ("fr", "!challenge ~nobody Former.", ("challenge", "nobody")),
        ("fr", "!bonnepratique ~personne Former.", ("good-practice", "person")),
        ("en", "!goodpractice ~nob Former.", ("good-practice", "nobody")),
    ],
)
def test_kinds_and_ceilings_are_told_in_the_language_of_the_page_too(
    app: Flask, language: str, line: str, said: tuple[str, str]
) -> None:
    with app.test_request_context(), force_locale(language):
        found = understand(line, [])
    assert ((found.kind, found.ceiling), found.text) == (said, "Former.")


@pytest.mark.parametrize("mark", ["~nobody", "~n", "~non", "~none", "~None", "~noone", "~no-one"])
def test_none_is_nobody(mark: str) -> None:
    assert understand(f"{mark} words", []) == Understood("words", ceiling="nobody")


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Nguyễn Văn Đức", "duc"), ("José Álvarez", "alv"), ("สมชาย ใจดี", "สมชาย"), ("王小明", "王"), ("أحمد", "احمد")],
)
def test_a_name_is_found_without_its_accents_and_in_any_script(app: Flask, name: str, typed: str) -> None:
    session = make.session(make.meeting())
    make.role(session, name=name, organization="ITU")
    said = understand(f"@{typed} Words.", speakers_of(session))
    assert (said.speaker, said.text) == (f"{name}, ITU", "Words.")


def test_no_two_lines_are_typed_alike() -> None:
    typed = [way for code in ACTION_LINES for way in ways(code)]
    assert len(typed) == len(set(typed))


def test_the_plain_form_understands_it_too(client: PageClient) -> None:
    meeting = make.meeting()
    session = make.session(meeting, rule="chatham")
    client.sign_in(make.staff(meeting, "organizer"))
    sent = {"kind": "trend", "text": "!rec #c2 #c7gov #9 ~person ~nob Open the data.", "ceiling": "category"}
    assert client.post(f"/meetings/{meeting.slug}/record/{session.code}", data=sent).status_code == 303
    now = notes_of(session)[0].current
    assert (now.kind, now.text, now.action_lines) == ("recommendation", "Open the data.", ["C2", "C7-EGOV"])
    assert (now.goals, now.ceiling) == ([9], "nobody")
