from datetime import date
from typing import Any

import pytest
from flask import Flask

from eventapp.review.language.sentences import paragraph_of
from tests import make, make_review

POLICIES = ("person", "organization", "category", "nobody")


def said(policy: str = "organization", **facts: Any) -> str:
    rule = facts.pop("rule", "open")
    note = make_review.note(make.session(make.meeting(), rule=rule), **facts)
    return paragraph_of([note.current], policy)


ITU = {"organization": "International Telecommunication Union", "stakeholder_type": "un", "speaker": "Samira Haddad"}
BHUTAN = {"organization": "Ministry", "stakeholder_type": "government", "country": "BTN", "speaker": "Tshering Dorji"}


@pytest.mark.parametrize(
    ("policy", "start"),
    [
        ("person", "Samira Haddad of the International Telecommunication Union noted that"),
        ("organization", "The International Telecommunication Union noted that"),
        ("category", "One United Nations body noted that"),
        ("nobody", "It was noted that"),
    ],
)
def test_the_policy_gives_the_voice(app: Flask, policy: str, start: str) -> None:
    assert said(policy, text="Prices fall.", **ITU) == f"{start} prices fell."


@pytest.mark.parametrize(
    "named", ["Government of India", "the Government of India", "ICT Division, Government of India"]
)
def test_a_government_that_is_named_as_an_organization_is_its_state(app: Flask, named: str) -> None:
    assert said(text="Prices fall.", organization=named) == "India noted that prices fell."


@pytest.mark.parametrize(
    ("country", "spoken"),
    [
        ("IRN", "the Islamic Republic of Iran"),
        ("FSM", "the Federated States of Micronesia"),
        ("LAO", "the Lao People’s Democratic Republic"),
        ("KOR", "the Republic of Korea"),
        ("PRK", "the Democratic People’s Republic of Korea"),
        ("RUS", "the Russian Federation"),
        ("GBR", "the United Kingdom of Great Britain and Northern Ireland"),
        ("USA", "the United States of America"),
        ("PHL", "the Philippines"),
        ("NLD", "the Netherlands"),
        ("MHL", "the Marshall Islands"),
        ("SLB", "Solomon Islands"),
        ("MDV", "Maldives"),
        ("HKG", "Hong Kong, China,"),
        ("TUR", "Türkiye"),
    ],
)
def test_a_state_is_named_as_the_united_nations_name_it_in_a_sentence(app: Flask, country: str, spoken: str) -> None:
    facts = {**BHUTAN, "country": country}
    assert said(text="Prices fall.", **facts) == f"{spoken[:1].upper()}{spoken[1:]} noted that prices fell."
    assert said("person", text="Prices fall.", **facts) == f"Tshering Dorji of {spoken} noted that prices fell."


@pytest.mark.parametrize(
    ("organization", "spoken"),
    [
        ("Internet Society", "the Internet Society"),
        ("University of Tokyo", "the University of Tokyo"),
        ("Example University, Hanoi", "Example University, Hanoi,"),
        ("United Nations Entity for Gender Equality", "the United Nations Entity for Gender Equality"),
        ("Pacific Community", "the Pacific Community"),
        ("UN Women", "UN Women"),
    ],
)
def test_an_organization_has_the_article_its_name_takes(app: Flask, organization: str, spoken: str) -> None:
    text = said(text="Prices fall.", organization=organization, stakeholder_type="igo")
    assert text == f"{spoken[:1].upper()}{spoken[1:]} noted that prices fell."


def test_a_source_that_names_who_may_not_be_named_is_no_footnote(app: Flask) -> None:
    sources = ["Speech by Samira Haddad, 5 Oct 2016", "ICT Facts (International Telecommunication Union)", "A/70/1"]
    heard = {policy: said(policy, text="Prices fall.", sources=sources, **ITU).partition("^")[2] for policy in POLICIES}
    assert heard == {
        "person": "[Speech by Samira Haddad, 5 Oct 2016; ICT Facts (International Telecommunication Union); A/70/1.]",
        "organization": "[ICT Facts (International Telecommunication Union); A/70/1.]",
        "category": "[A/70/1.]",
        "nobody": "[A/70/1.]",
    }
    assert "^[" not in said("category", text="Prices fall.", sources=sources[:2], **ITU)


@pytest.mark.parametrize("end", ["fell.", "fell. (Illustrative.)", "fell?", "“fell.”", "fell …"])
def test_a_text_that_has_an_end_gets_no_second_one(app: Flask, end: str) -> None:
    assert said("nobody", text=f"Prices {end}").endswith(f" {end}")
    assert said("nobody", text="Prices fall (in part)").endswith(" fell (in part).")


def test_a_government_speaks_for_its_state(app: Flask) -> None:
    assert said(text="Prices fall.", **BHUTAN) == "Bhutan noted that prices fell."
    assert said("category", text="Prices fall.", **BHUTAN) == "One Government noted that prices fell."


def test_two_organizations_in_one_note_have_representatives(app: Flask) -> None:
    assert said(text="Prices fall.", organization="FAO and ITU", stakeholder_type="igo") == (
        "FAO and ITU noted that prices fell."
    )
    assert said("category", text="Prices fall.", organization="FAO and ITU", stakeholder_type="un") == (
        "Several United Nations bodies noted that prices fell."
    )
    assert said("category", text="Prices fall.", organization="AeHIN with WHO", stakeholder_type="civil-society") == (
        "One civil society organization noted that prices fell."
    )
    assert said(text="Prices fall.", organization="APCICT/ESCAP", stakeholder_type="igo") == (
        "APCICT/ESCAP noted that prices fell."
    )


def test_the_ceiling_of_the_note_and_the_chatham_house_rule_hold_under_every_policy(app: Flask) -> None:
    assert said("person", text="Prices fall.", ceiling="category", **ITU).startswith("One United Nations body")
    assert said("person", text="Prices fall.", rule="chatham", **ITU).startswith("One United Nations body")


@pytest.mark.parametrize(
    ("support", "start", "end"),
    [
        ("", "It was", "share masts."),
        ("nobody-objected", "The meeting", "No participant objected."),
        ("broad", "It was", "There was broad support."),
        ("some", "Some participants", "share masts."),
        ("one-voice", "One participant", "share masts."),
        ("divided", "Some participants", "Views were divided."),
    ],
)
def test_what_few_said_is_not_what_the_meeting_said(app: Flask, support: str, start: str, end: str) -> None:
    text = said("nobody", kind="recommendation", text="Operators should share masts.", support=support)

    assert text.startswith(f"{start} recommended that operators share masts.")
    assert text.endswith(end)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("challenge", "Concern was expressed that prices fell."),
        ("flagship", "A presentation was made on the flagship initiative “Broadband grows”: prices fell."),
        ("good-practice", "A presentation was made on the good practice “Broadband grows”: prices fell."),
        ("quote", "The following statement was made: “Prices fall.”"),
        ("agreement", "The meeting agreed that prices fall."),
    ],
)
def test_each_kind_has_its_verb(app: Flask, kind: str, text: str) -> None:
    assert said("nobody", kind=kind, text="Prices fall.") == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("In 2015 it grew.", "in 2015 it grew."),
        ("East and North-East Asia holds most.", "East and North-East Asia held most."),
        ("Bhutan grows.", "Bhutan grew."),
        ("Thai and Lao villages grow.", "Thai and Lao villages grew."),
        ("ICT grows.", "ICT grew."),
        ("Mobile Internet grows.", "mobile Internet grew."),
        ("BharatNet grows.", "BharatNet grew."),
        (
            "The Matrix helps. Planners use the Matrix",
            "the Matrix helped. It was also noted that planners used the Matrix.",
        ),
        ("E-agriculture grows.", "e-agriculture grew."),
        ("Well-funded networks grow.", "well-funded networks grew."),
        ("Women's networks grow.", "women's networks grew."),
        ("Bhutan's networks grow.", "Bhutan's networks grew."),
        ("South-South cooperation grows.", "South-South cooperation grew."),
        ("Asia-wide networks grow.", "Asia-wide networks grew."),
        ("A.I. grows.", "A.I. grew."),
        ("I ask for more.", "I ask for more."),
    ],
)
def test_a_sentence_goes_on_small_unless_it_begins_with_a_name(app: Flask, text: str, rest: str) -> None:
    assert said("nobody", text=text) == f"It was noted that {rest}"


@pytest.mark.parametrize("text", ["We need data", "We need data.", "“We need data”"])
def test_a_statement_ends_inside_its_quotation_marks(app: Flask, text: str) -> None:
    assert said("nobody", kind="quote", text=text) == "The following statement was made: “We need data.”"


def test_sources_become_a_footnote_and_a_due_date_is_told(app: Flask) -> None:
    text = said(
        "nobody",
        kind="commitment",
        text="Train 30,000 women.",
        due_on=date(2018, 1, 1),
        figures=[{"figure": "30,000", "source": "Ministry [2016]"}],
        sources=["Ministry [2016]", "Press"],
    )

    assert text == (
        "Information was given on the following commitment: Train 30,000 women. The date given was 1 January 2018."
        "^[Ministry (2016); Press.]"
    )


def test_words_of_a_note_cannot_make_a_footnote(app: Flask) -> None:
    assert said("nobody", text="It ^[hides] this.") == "It was noted that it ^ [hides] this."


def test_a_date_is_told_as_it_was_said(app: Flask) -> None:
    text = said("nobody", kind="commitment", text="Train 30,000 women.", due_text="by January 2018")

    assert text.endswith("The date given was January 2018.")


LISTED = "Three obstacles remain:\n- Prices are high.\n- Skills are few;\n  above all in villages\n• Rules differ"


def test_the_points_of_a_note_stand_one_below_the_other(app: Flask) -> None:
    assert said(text=LISTED, **ITU) == (
        "The International Telecommunication Union noted that three obstacles remained:\n"
        "- Prices are high;\n- Skills are few; above all in villages;\n- Rules differ."
    )


def test_points_without_a_sentence_before_them_are_the_following(app: Flask) -> None:
    text = "1. Prices fall.\n2. Skills grow.\n"
    assert said("nobody", text=text) == "The following was noted:\n- Prices fall;\n- Skills grow."
    assert said("nobody", text=text, kind="challenge").startswith("Concern was expressed about the following:\n- ")
    assert said("nobody", text=text, kind="announcement").startswith("The following was announced:\n- ")


def test_how_points_were_received_and_their_date_stand_before_them(app: Flask) -> None:
    text = "Governments should:\n(a) Share cables\n(b) Share masts"
    facts = {"kind": "recommendation", "support": "broad", "due_text": "by 2018", "text": text}
    assert said("nobody", **facts) == (
        "The following was recommended, for which the date given was 2018 and which had broad support: "
        "Governments should:\n- Share cables;\n- Share masts."
    )
    agreed = said("organization", **{**facts, "kind": "agreement", "due_text": "", "text": text}, **ITU)
    assert "The meeting agreed on the following, which had broad support: Governments should:\n- " in agreed


def test_points_of_several_sentences_end_with_full_stops_and_the_sources_stand_behind_the_last(app: Flask) -> None:
    text = said("nobody", text="- Prices fall. Skills grow\n- Rules differ", sources=["A/70/1"])
    assert text == "The following was noted:\n- Prices fall. Skills grow.\n- Rules differ.^[A/70/1.]"


def test_the_name_of_a_launch_stands_before_its_points(app: Flask) -> None:
    launched = said("nobody", kind="launch", title="Cable Map", text="- It is free\n- It is open")
    assert launched == "Information was given on the launch of “Cable Map”:\n- It is free;\n- It is open."


def test_lines_that_are_no_list_run_together_and_an_empty_line_ends_a_sentence(app: Flask) -> None:
    assert (
        said("nobody", text="Prices\nfall\n\nSkills grow")
        == "It was noted that prices fell. It was also noted that skills grew."
    )
    assert said("nobody", text="Prices fall:\n- in Bhutan") == "It was noted that prices fell: - in Bhutan."
    quote = said("nobody", kind="quote", text="- One\n- Two")
    assert quote == "The following statement was made: “- One - Two.”"


@pytest.mark.parametrize(
    ("organization", "start"),
    [
        ("UN Resident Coordinators and country teams", "The UN Resident Coordinators and"),
        ("Regional offices of UN bodies", "The Regional offices of UN bodies"),
        ("Association of Internet Operators", "The Association of Internet Operators"),
        ("Alliance of Cities", "The Alliance of Cities"),
    ],
)
def test_a_name_in_the_plural_is_several_bodies(app: Flask, organization: str, start: str) -> None:
    facts = {"organization": organization, "stakeholder_type": "un", "text": "Prices fall."}
    assert said(**facts).startswith(start)
    many = "Coordinators" in organization or "offices" in organization
    assert said("category", **facts).startswith("Several United Nations bodies" if many else "One United Nations body")


@pytest.mark.parametrize("text", ["Grameenphone launched a shop.", "Airtel signed a pact.", "Jio announced masts."])
def test_a_company_of_one_word_keeps_its_capital(app: Flask, text: str) -> None:
    assert said("nobody", text=text) == f"It was noted that {text}"


@pytest.mark.parametrize(
    "text", ["Broadband grew.", "Industry invested more.", "Operators signed pacts.", "Parliament announced a vote."]
)
def test_what_is_no_company_is_written_small(app: Flask, text: str) -> None:
    assert said("nobody", text=text) == f"It was noted that {text[0].lower()}{text[1:]}"


GRAMEENPHONE = {"organization": "Grameenphone Ltd.", "record_name": "Farzana RAHMAN"}


@pytest.mark.usefixtures("_first_verb")
@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("Grameenphone offers cheap plans.", "noted that Grameenphone offers"),
        ("Rahman and others asked for more.", "noted that Rahman and others"),
        ("Bank of Bhutan offers cheap plans.", "noted that Bank of Bhutan offers"),
        ("Offers of cheap plans grow.", "noted that offers of"),
        ("Ministry staff offers help.", "noted that ministry staff"),
    ],
)
def test_a_name_that_the_meeting_knows_keeps_its_capital_in_a_sentence(app: Flask, text: str, begun: str) -> None:
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    make.registration(session.meeting, **GRAMEENPHONE)
    make.registration(session.meeting, organization="Ministry")
    make.role(session, organization="Bank of Bhutan")
    make_review.note(session, text=text)
    [_held, paragraph] = make_review.paragraphs(make_review.report(session.meeting))
    assert begun in paragraph.text


@pytest.mark.usefixtures("_first_verb")
def test_a_word_that_begins_a_long_name_is_no_name_by_itself(app: Flask) -> None:
    session = make.session(make.meeting(mandate=[], objectives=[]), kind="trends")
    make.registration(session.meeting, organization="Digital Pakistan Forum")
    make_review.note(session, text="Digital services grow.")
    [_held, paragraph] = make_review.paragraphs(make_review.report(session.meeting))
    assert "noted that digital services" in paragraph.text
