"""A report in French: grammar, articles, elision and the past from the files of the language; notes as they are."""

import re
import tomllib
from datetime import UTC, date, datetime
from importlib.abc import Traversable
from importlib.resources import files
from typing import Any

import pytest
from flask import Flask

from eventapp.review.compilation.actions import compile_report
from eventapp.review.formats.html import html
from eventapp.review.language.data import FOLDERS, sentence, written_in
from eventapp.review.language.grammar import how_many, in_the_past
from eventapp.review.language.parts.articles import joined, named, of_named
from eventapp.review.language.wording import LABELS, day_of, days_between, listed
from eventapp.review.reading.notes import waiting_for_translation
from eventapp.review.reports.queries import chapters_of, notes_for
from eventapp.review.versions.checks import findings
from eventapp.review.versions.publication_snapshot import frozen
from tests import make, make_review

CABLE = "Notre pays dépend d’un seul câble sous-marin et la connexion est chère."


@pytest.mark.parametrize(
    ("name", "article", "of"),
    [
        ("France", "la France", "de la France"),
        ("Japan", "le Japon", "du Japon"),
        ("Fiji", "les Fidji", "des Fidji"),
        ("India", "l’Inde", "de l’Inde"),
        ("Singapore", "Singapour", "de Singapour"),
        ("Netherlands", "le Royaume des Pays-Bas", "du Royaume des Pays-Bas"),
        ("Iran (Islamic Republic of)", "la République islamique d’Iran", "de la République islamique d’Iran"),
        ("Türkiye", "la Türkiye", "de la Türkiye"),
        ("Tuvalu", "les Tuvalu", "des Tuvalu"),
        ("El Salvador", "El Salvador", "d’El Salvador"),
        ("North Macedonia", "la Macédoine du Nord", "de la Macédoine du Nord"),
        ("Banque mondiale", "la Banque mondiale", "de la Banque mondiale"),
        ("Ministère de l’économie", "le Ministère de l’économie", "du Ministère de l’économie"),
        ("UIT", "l’UIT", "de l’UIT"),
        ("Asia-Pacific Telecommunity", "Asia-Pacific Telecommunity", "d’Asia-Pacific Telecommunity"),
    ],
)
def test_names_take_their_article(name: str, article: str, of: str) -> None:
    with written_in("fr"):
        assert (named(name), of_named(name)) == (article, of)


def test_que_and_de_are_elided_before_a_vowel() -> None:
    with written_in("fr"):
        assert joined("a noté que", "elle") == "a noté qu’elle"
        assert joined("a recommandé de", "étudier") == "a recommandé d’étudier"
        assert joined("a noté que", "la voie") == "a noté que la voie"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("les câbles sont chers", "les câbles étaient chers"),
        ("nous avons deux câbles", "elle avait deux câbles"),
        ("nous nous engageons à former", "elle s’engageait à former"),
        ("notre politique n’est pas prête", "sa politique n’était pas prête"),
        ("le fait est connu", "le fait était connu"),
        ("les prix baisseront", "les prix baisseraient"),
        ("les pays améliorent leurs réseaux", "les pays amélioraient leurs réseaux"),
        ("le réseau s’améliore et atteint les îles", "le réseau s’améliorait et atteint les îles"),
        ("les offres renforcent la présente stratégie", "les offres renforçaient la présente stratégie"),
        ("cela encourage les îles", "cela encourageait les îles"),
        ("« nous sommes prêts »", "« nous sommes prêts »"),
    ],
)
def test_the_present_becomes_past(said: str, told: str) -> None:
    with written_in("fr"):
        assert in_the_past(said) == told


def test_dates_lists_and_counts_are_those_of_the_language() -> None:
    with written_in("fr"):
        assert day_of(date(2016, 10, 1)) == "1er octobre 2016"
        assert days_between(date(2016, 10, 4), date(2016, 10, 6)) == "4-6 octobre 2016"
        assert listed(["a", "b", "c"]) == "a, b et c"
        assert how_many(3, 9) == "plusieurs délégations"
        assert (LABELS["summary"], sentence("annex", number="I")) == ("Résumé", "annexe I")
    assert (LABELS["summary"], day_of(date(2016, 10, 1))) == ("Summary", "1 October 2016")


def test_a_report_in_french_is_french_throughout(app: Flask) -> None:
    session = make.session(make.meeting(), kind="trends")
    french: dict[str, Any] = {"language": "fr", "action_lines": ["C2"]}
    make_review.note(
        session, text=CABLE, organization="Ministère", country="FJI", stakeholder_type="government", **french
    )
    make_review.note(
        session, text="Étudier la redondance des câbles.", kind="recommendation", organization="UIT", **french
    )
    make_review.note(
        session, text="Le renforcement des capacités est utile.", kind="agreement", support="broad", **french
    )
    waiting = make_review.note(session, text="The cost of transit is a burden for the countries that have no coast.")
    report = make_review.report(session.meeting, language="fr")

    assert [one.id for one in waiting_for_translation(notes_for(report), language="fr")] == [waiting.id]
    text = " ".join(make_review.texts(report))
    assert "La délégation des Fidji a " in text
    assert "que son pays dépendait d’un seul câble sous-marin et la connexion était chère." in text
    assert "À cet égard, la délégation de l’UIT a recommandé d’étudier la redondance des câbles." in text
    assert "La réunion est convenue que le renforcement des capacités était utile." in text
    assert "transit" not in text

    whole = frozen(report, chapters_of(report), version=1, at=make.TODAY)
    assert (whole.language, whole.notices[0][:18]) == ("fr", "Version provisoire")
    assert whole.matters[0].heading == "Recommandations"
    assert whole.summary[0].startswith("La réunion s’est tenue à ")


def test_annexes_and_labels_are_french_and_states_are_named_in_french(app: Flask) -> None:
    held = make.meeting()
    states, agencies = (make.category(held, name=name) for name in ("Member State", "Specialized agency"))
    for category, name in ((states, "Viet Nam"), (states, "Armenia"), (agencies, "ITU")):
        make.registration(held, category=category, delegation=make.delegation(held, name=name))
    session = make.session(held, kind="trends", code="S2", title="Tendances")
    role = make.role(session, name="Ada Byron", organization="Ministère", country="MNG", state="confirmed")
    make_review.note(session, text=CABLE, role_id=role.id, country="MNG", language="fr", figures=[])
    report = make_review.report(held, language="fr", outline="committee")
    whole = frozen(report, chapters_of(report), version=1, at=make.TODAY)
    rows = {annex.code: {part.heading: part.rows for part in annex.parts} for annex in whole.annexes}

    participants = rows["participants"]
    assert {"États membres", "Institutions spécialisées"} == set(participants)
    assert [row[0] for row in participants["États membres"]] == ["Arménie", "Viet Nam"]
    assert rows["speakers"][""][0][-1] == "Ministère, Mongolie"
    assert list(rows["statistics"]) == ["Notes citées"]
    assert rows["statistics"]["Notes citées"] == (("Tendance", "1"),)
    page = html(whole)
    assert "Sources : S2-1001" in page and "Tendance, révision 1" in page and "Séance S2 : Tendances" in page
    assert not re.search(
        r"Evidence|Footnote|Paragraph |Session |revision", re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    )


def test_a_name_above_the_policy_is_found_in_french_too(app: Flask) -> None:
    session = make.session(make.meeting(), kind="trends")
    make_review.note(session, text="La Géorgie a deux câbles.", country="GEO", language="fr", ceiling="nobody")
    report = make_review.report(session.meeting, language="fr", policy="nobody")
    found = findings(report, chapters_of(report))
    assert [one.what for one in found.doubts] == ["Géorgie"]


@pytest.mark.parametrize("file", ["wording", "grammar", "patterns"])
def test_each_language_says_whatever_the_other_says(file: str) -> None:
    own = {
        "past",
        "past_plural",
        "past_before",
        "we",
        "first_person",
        "following",
        "to_do",
        "groups",
        "short",
        "articles",
        "articles.of",
        "elision",
    }
    english, french = (
        _keys(files("eventapp.review.language") / folder / f"{file}.{code}.toml") for code, folder in FOLDERS.items()
    )
    assert {one for one in english ^ french if one.partition("/")[0] not in own} == set()


def _keys(file: Traversable) -> set[str]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {f"{name}/{key}" for name, table in tables.items() for key in (table if isinstance(table, dict) else [""])}


def test_the_same_notes_give_the_same_french(app: Flask) -> None:
    session = make.session(make.meeting(), kind="trends")
    make_review.note(session, text=CABLE, country="FJI", stakeholder_type="government", language="fr")
    report = make_review.report(session.meeting, language="fr")
    before = make_review.texts(report)
    done = compile_report(report, by=None, at=make.TODAY)
    assert (make_review.texts(report), done.rewritten) == (before, [])


def test_what_follows_a_colon_goes_on_as_reported_speech(app: Flask) -> None:
    session = make.session(make.meeting(), kind="trends")
    facts: dict[str, Any] = {"country": "KAZ", "stakeholder_type": "government", "language": "fr", "action_lines": []}
    make_review.note(session, kind="commitment", text="Nous formerons 1 000 enseignants.", **facts)
    make_review.note(session, kind="recommendation", text="Le secrétariat devrait étudier les prix.", **facts)
    make_review.note(session, kind="agreement", text="Les demandes seront présentées au Comité.", **facts)
    text = " ".join(make_review.texts(make_review.report(session.meeting, language="fr")))
    assert "engagement suivant : elle formerait 1 000" in text.replace("\xa0", " ")
    assert "recommandation suivante : le secrétariat devrait étudier" in text.replace("\xa0", " ")
    assert "que les demandes seraient présentées" in text


def test_the_summary_and_the_annexes_have_the_marks_of_the_language(app: Flask) -> None:
    session = make.session(make.meeting(), kind="trends", title="Ouverture")
    for country in ("FJI", "TON"):
        facts: dict[str, Any] = {"country": country, "stakeholder_type": "government", "language": "fr"}
        make_review.note(session, text=f"{CABLE} {country}", action_lines=["C2"], **facts)
    report = make_review.report(session.meeting, language="fr", outline="committee")
    text = frozen(report, chapters_of(report), version=1, at=datetime(2026, 12, 1, 5, tzinfo=UTC))
    assert "“" not in " ".join(text.summary)
    assert "«" in " ".join(text.summary)
    [speakers] = [annex for annex in text.annexes if annex.code == "speakers"]
    assert speakers.parts[0].rows[0][2] == "Fidji\xa0; Tonga"
