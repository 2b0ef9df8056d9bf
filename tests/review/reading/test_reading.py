"""Each note is read into one value: whom it is of, in which language, with its figures, dates and names."""

from datetime import date
from typing import Any

import pytest
from flask import Flask

from eventapp.agenda.models import Session
from eventapp.ground.db import transaction
from eventapp.meetings.models import ORGANIZER
from eventapp.record.extras.translation import Rendering, translate
from eventapp.record.notes.models import Note
from eventapp.review.reading import known
from eventapp.review.reading.delegations import delegation_of, state_named
from eventapp.review.reading.names import names_in
from eventapp.review.reading.notes import ReadNote, read_all, waiting_for_translation
from tests import make, make_review
from tests.browserless import PageClient


def read_one(session: Session, **facts: Any) -> ReadNote:
    """A note of this session, read."""
    (found,) = read_all(session.meeting, [make_review.note(session, **facts)])
    return found


@pytest.mark.parametrize(
    ("facts", "key", "name"),
    [
        ({"organization": "Fiji"}, "state:FJI", "Fiji"),
        ({"speaker": "Fiji"}, "state:FJI", "Fiji"),
        ({"speaker": "Representative of Fiji"}, "state:FJI", "Fiji"),
        ({"speaker": "Sela Vuki", "organization": "Fidji"}, "state:FJI", "Fiji"),
        ({"speaker": "Sela Vuki", "organization": "Government of Fiji"}, "state:FJI", "Fiji"),
        ({"organization": "Ministry of Finance", "country": "FJI"}, "state:FJI", "Fiji"),
        ({"organization": "Ministry of Finance", "country": "FJI", "stakeholder_type": "government"}, "state:FJI", "Fiji"),
        ({"organization": "Ministry of Finance"}, "body:ministry of finance", "Ministry of Finance"),
        ({"organization": "Vietnam"}, "state:VNM", "Viet Nam"),
        ({"organization": "ITU", "country": "CHE", "stakeholder_type": "un"}, "body:itu", "ITU"),
        ({"organization": "Fiji Women’s Network", "country": "FJI", "stakeholder_type": "civil-society"},
         "body:fiji women’s network", "Fiji Women’s Network"),
        ({"speaker": "Sela Vuki", "country": "FJI", "stakeholder_type": "academia"}, "person:sela vuki", ""),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_a_government_is_its_state_and_anybody_else_an_organization(
    app: Flask, facts: dict[str, Any], key: str, name: str
) -> None:
    read = read_one(make.session(make.meeting()), **facts)
    assert (read.delegation.key, read.delegation.name) == (key, name)


def test_the_country_of_the_part_on_the_programme_is_enough(app: Flask) -> None:
    session = make.session(make.meeting())
    role = make.role(session, name="Sela Vuki", organization="Ministry of Communications", country="FJI")
    by_the_part = read_one(session, role_id=role.id, speaker="Sela Vuki", organization="Ministry of Communications")
    by_the_name = read_one(session, speaker="sela vuki")
    assert by_the_part.delegation == by_the_name.delegation
    assert by_the_part.delegation.key == "state:FJI"
    assert by_the_part.delegation.kind == "government"


def test_the_country_somebody_is_registered_with_is_enough(app: Flask) -> None:
    session = make.session(make.meeting())
    registered = make.registration(
        session.meeting,
        record_name="Sela Vuki",
        category=make.category(session.meeting, stakeholder_type="government"),
        delegation=make.delegation(session.meeting, "Fiji", country="FJI"),
    )
    role = make.role(session, name="S. Vuki", person_id=registered.person_id)
    assert read_one(session, role_id=role.id, speaker="S. Vuki").delegation.key == "state:FJI"
    assert read_one(session, speaker="Sela Vuki").delegation.key == "state:FJI"
    assert delegation_of(make_review.note(session, speaker="Sela Vuki").current).key == "person:sela vuki"


def test_a_name_that_two_delegations_have_tells_nothing(app: Flask) -> None:
    session = make.session(make.meeting())
    make.role(session, name="Li Wei", country="CHN")
    make.role(session, name="Li Wei", country="SGP")
    assert read_one(session, speaker="Li Wei").delegation.key == "person:li wei"
    make.role(session, name="Li Wei", country="CHN")  # a third does not settle it
    assert read_one(session, speaker="Li Wei").delegation.key == "person:li wei"


@pytest.mark.parametrize("many", [known.MANY, 0])
@pytest.mark.parametrize("speaker", ["Zoé Ṽuki", "ZOE\u0301 ṽuki", "Ｚｏé Ṽuki"])
def test_a_name_is_found_however_it_is_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch, speaker: str, many: int
) -> None:
    monkeypatch.setattr(known, "MANY", many)
    session = make.session(make.meeting())
    make.role(session, name="Zoé Ṽuki", country="FJI")
    make.role(session, name="Li Wei", country="CHN")
    assert read_one(session, speaker=speaker).delegation.key == "state:FJI"
    assert read_one(session, speaker="LI WEI").delegation.key == "state:CHN"
    assert read_one(session, speaker="Somebody Else").delegation.key == "person:somebody else"


def test_only_those_who_spoke_are_looked_up(app: Flask) -> None:
    session = make.session(make.meeting())
    mine, other = (make.role(session, name=name, country=land) for name, land in (("Li Wei", "CHN"), ("Ada", "FJI")))
    found = known.known_at(session.meeting, {mine.id}, ["Li Wei", ""])
    assert (set(found.by_role), set(found.by_name)) == ({mine.id}, {"li wei"})
    assert set(known.known_at(session.meeting, {other.id}, ()).by_role) == {other.id}


def test_an_organization_and_its_acronym_are_one_delegation(app: Flask) -> None:
    session = make.session(make.meeting())
    names = ("Asia-Pacific Telecommunity", "APT", "Asia-Pacific Telecommunity (APT)", "ITU")
    notes = [make_review.note(session, organization=name, stakeholder_type="igo") for name in names]
    assert [one.delegation.key for one in read_all(session.meeting, notes)] == ["body:apt"] * 3 + ["body:itu"]


def test_states_are_known_by_their_names_and_nothing_else() -> None:
    assert [state_named(words) for words in ("République de Corée", "Hong Kong, China", "the delegation of Fiji")] == [
        "KOR",
        "HKG",
        "FJI",
    ]
    assert not any(map(state_named, ("", "Ministry of Finance", "Fiji Times", "Li Wenjing")))


def in_french(session: Session, **facts: Any) -> Note:
    return make_review.note(
        session, text="Nous connecterons 40 îles d’ici le 31 décembre 2027 avec nos partenaires.", **facts
    )


def test_a_note_in_another_language_waits_for_its_translation(app: Flask) -> None:
    note = in_french(make.session(make.meeting()), language="en")  # as the form had it
    (found,) = read_all(note.session.meeting, [note])
    assert (found.language, found.text, found.waits) == ("fr", None, True)
    assert waiting_for_translation([note]) == [note]
    assert waiting_for_translation([note], language="fr") == []
    (french,) = read_all(note.session.meeting, [note], language="fr")
    assert french.text == note.current.text


def test_a_translation_is_used_as_long_as_it_is_of_these_words(app: Flask) -> None:
    note = in_french(make.session(make.meeting()), language="fr")
    with transaction():
        english = Rendering("en", "We will connect 40 islands by 31 December 2027 with our partners.", translator="LN")
        translate(note, english, base=0, by=None, at=make.TODAY)
    (found,) = read_all(note.session.meeting, [note])
    assert (found.text, found.language) == (english.text, "fr")
    assert [one.due for one in found.dates] == [date(2027, 12, 31)]
    make_review.revise(note, title="Another title", text=note.current.text)
    assert read_all(note.session.meeting, [note])[0].text == english.text
    make_review.revise(note, text="Nous ne connecterons que 30 îles avec nos partenaires.")
    assert read_all(note.session.meeting, [note])[0].waits


def test_figures_come_from_the_words_and_from_the_field_once_each(app: Flask) -> None:
    found = read_one(
        make.session(make.meeting()),
        text="It reached 96 per cent of schools and 1,200 villages.",
        figures=[{"figure": "96 %", "source": "ITU, 2025"}, {"figure": "3 million", "source": ""}],
    )
    assert [(one.value, one.start, one.source) for one in found.figures] == [
        ("96%", 11, "ITU, 2025"),
        ("1200", 38, ""),
        ("3000000", -1, ""),
    ]


def test_names_are_what_has_capitals_inside_a_sentence() -> None:
    text = (
        "The cable of Tonga was cut. Ships of the Economic and Social Commission for Asia came; SIDS wait. Costs rose."
    )
    assert names_in(text) == ("Tonga", "Economic", "Social Commission for Asia", "SIDS")
    assert names_in("Marshall Islands proposed it in March.") == ("Marshall Islands",)


def test_the_editor_lists_what_waits_with_the_way_to_its_translation(app: Flask, client: PageClient) -> None:
    """A note in French stands there until it is translated; the form of its language said English."""
    meeting = make.meeting()
    note = in_french(make.session(meeting, code="S2"), language="en")
    report = make_review.report(meeting)
    client.sign_in(make.staff(meeting, ORGANIZER))
    editor = f"/meetings/{meeting.slug}/review/reports/{report.name}"
    page = client.get(editor)
    assert "Waiting for a translation" in page.text
    where = f"/meetings/{meeting.slug}/record/S2/{note.number}/translations"
    assert f'href="{where}?into=en"' in page.text
    assert 'value="en"' in client.get(f"{where}?into=en").text
    english = {"language": "en", "text": "We will connect 40 islands.", "translator": "LN", "base": "0"}
    answer = client.post(where, data=english)
    assert answer.status_code == 303
    assert "Waiting for a translation" not in client.get(editor).text
