import pytest
from flask import Flask

from eventapp.ground.text.languages import Script, languages, name_language
from tests.browserless import PageClient


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("Anong Suksawat", Script("", "ltr")),
        ("อนงค์ สุขสวัสดิ์", Script("th", "ltr")),
        ("سميرة حداد", Script("ar", "rtl")),
        ("渡辺 健二", Script("zh", "ltr")),
        ("わたなべ", Script("ja", "ltr")),
        ("김지원", Script("ko", "ltr")),
        ("ཚེ་རིང་", Script("dz", "ltr")),
        ("… 42", Script("", "auto")),
        ("", Script("", "auto")),
    ],
)
def test_the_language_of_a_name_is_guessed_from_its_script(name: str, script: Script) -> None:
    assert name_language(name) == script


@pytest.mark.parametrize(
    ("wish", "remembered", "browser", "page"),
    [
        ("fr", "ar", "en", "fr"),
        ("", "ar", "fr", "ar"),
        ("", "", "fr-CA,fr;q=0.9", "fr"),
        ("", "", "th", "en"),
        ("xx", "../..", "fr", "fr"),
    ],
)
def test_a_page_speaks_the_language_that_was_asked_for(
    client: PageClient, wish: str, remembered: str, browser: str, page: str
) -> None:
    if remembered:
        client.set_cookie("language", remembered)
    answer = client.get("/sign-in", query_string={"language": wish}, headers={"Accept-Language": browser})
    assert f'<html lang="{page}"' in answer.text
    assert answer.headers["Content-Language"] == page
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_a_chosen_language_is_remembered(client: PageClient) -> None:
    client.get("/sign-in?language=ar")
    assert '<html lang="ar" dir="rtl">' in client.get("/sign-in").text


def test_the_menu_keeps_the_page_and_its_question(app: Flask) -> None:
    with app.test_request_context("/sign-in?next=/account&language=fr"):
        assert [to for _code, _name, to in languages()] == [
            f"/sign-in?next=/account&language={code}" for code in ("en", "fr", "ar")
        ]


@pytest.mark.parametrize("asked", ["_scheme=x", "_anchor=x&_external=1", "endpoint=x", "_method=x"])
def test_the_menu_takes_no_word_that_addresses_are_made_with(client: PageClient, asked: str) -> None:
    assert client.get(f"/sign-in?{asked}").status_code == 200


@pytest.mark.parametrize(
    ("path", "referrer", "to"),
    [
        ("/sign-in?next=/account&language=en", "", "/sign-in?next=%2Faccount&language=fr"),
        ("/sign-out", "http://localhost/account", "/account?language=fr"),
        ("/sign-out", "http://elsewhere/account", ""),
        ("/sign-out", "http://localhost/nowhere", ""),
        ("/sign-out", "", ""),
    ],
)
def test_where_a_form_was_answered_the_menu_leads_to_the_page_of_the_form(
    app: Flask, path: str, referrer: str, to: str
) -> None:
    with app.test_request_context(path, method="POST", headers={"Referer": referrer}):
        assert [way for code, _name, way in languages() if code == "fr"] == ([to] if to else [])
