"""No name above its ceiling, in any format: tried with many reports, and with the words of names in the notes."""

import re
import zipfile
from dataclasses import dataclass
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from eventapp.db import db, transaction
from eventapp.outcomes.models import Note
from eventapp.refusal import Refused
from eventapp.review.actions import publish
from eventapp.review.attribution import level_of, names_above, source_of
from eventapp.review.editing import rewrite
from eventapp.review.evidence_json import from_dict
from eventapp.review.formats import FORMATS, written
from eventapp.review.models import Edition, Report
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_review

SPEAKERS = ("Aqila Zuberi", "Bertil Oxenstierna", "Chukwuemeka Nnadi", "Dagny Thorvaldsen")
SENDERS = ("Zephyr Foundation", "Quokka Institute", "Wombat Union", "Numbat Council")
MANY = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Said:
    """One note of a trial: its ceiling, the rule of its session, its kind, and whether its words name its source."""

    ceiling: str
    rule: str
    kind: str
    names_itself: bool
    off_record: bool


SAID = st.builds(
    Said,
    ceiling=st.sampled_from(list(CEILINGS)),
    rule=st.sampled_from(["open", "open", "chatham", "closed"]),
    kind=st.sampled_from(["trend", "recommendation", "commitment", "quote", "flagship"]),
    names_itself=st.booleans(),
    off_record=st.sampled_from([False, False, False, True]),
)


def hidden(said: Said, policy: str, place: int) -> list[str]:
    """Whatever must not be readable anywhere."""
    level = max([policy, said.ceiling, "category" if said.rule == "chatham" else "person"], key=list(CEILINGS).index)
    if said.off_record or said.rule == "closed":
        level = "nobody"
    people = [] if level == "person" else [SPEAKERS[place]]
    return people + ([SENDERS[place]] if level in ("category", "nobody") else [])


def reported(trial: list[Said], policy: str) -> Report:
    meeting = make.meeting()
    for place, said in enumerate(trial):
        session = make.session(meeting, rule=said.rule)
        words = f"It came from {SPEAKERS[place]} of {SENDERS[place]}." if said.names_itself else "It grows."
        make_review.note(
            session,
            text=words,
            kind=said.kind,
            ceiling=said.ceiling,
            off_record=said.off_record,
            speaker=SPEAKERS[place],
            organization=SENDERS[place],
            stakeholder_type="civil-society",
        )
    make_review.note(make.session(meeting), text="Something else.", ceiling="nobody")
    return make_review.report(meeting, policy=policy)


def made_safe(report: Report) -> Edition:
    """Publish; where a name stands in the way, the editor writes the paragraph without it, and it goes."""
    for paragraph in make_review.paragraphs(report):
        cited = [one.revision for one in paragraph.evidence]
        if names_above(paragraph.text, cited, report.policy):
            with pytest.raises(Refused, match="above its ceiling"), transaction():
                publish(report, by=None, at=make.TODAY)
            with transaction():
                rewrite(paragraph, "Somebody spoke.", version=paragraph.version, by=None, at=make.TODAY)
    with transaction():
        return publish(report, by=None, at=make.TODAY)


def words_of(content: bytes, ending: str) -> str:
    """Everything a reader or a program finds in the file, without spaces, for a line may break inside a name."""
    if ending == "pdf":
        reader = PdfReader(BytesIO(content))
        text = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    elif ending == "docx":
        with zipfile.ZipFile(BytesIO(content)) as package:
            text = " ".join(package.read(name).decode(errors="replace") for name in package.namelist())
        text = re.sub(r"<[^>]+>", " ", text)
    else:
        text = unescape(content.decode()) if ending == "html" else content.decode()
    return re.sub(r"\s+", "", text).casefold()


@MANY
@given(trial=st.lists(SAID, min_size=1, max_size=4), policy=st.sampled_from(list(CEILINGS)))
def test_no_name_above_its_ceiling_in_any_format(app: Flask, trial: list[Said], policy: str) -> None:
    report = reported(trial, policy)
    edition = made_safe(report)
    page = app.test_client().get(f"/meetings/{report.meeting.slug}/reports/{report.name}").text
    forms = {ending: words_of(written(from_dict(edition.content), ending), ending) for ending in FORMATS}
    forms["page"] = re.sub(r"\s+", "", page).casefold()

    leaks = [
        (name, form)
        for place, said in enumerate(trial)
        for name in hidden(said, policy, place)
        for form, words in forms.items()
        if name.replace(" ", "").casefold() in words
    ]
    assert leaks == []


def test_a_name_that_may_be_said_is_said_in_every_format(app: Flask) -> None:
    report = reported([Said("person", "open", "trend", names_itself=False, off_record=False)], "person")
    edition = made_safe(report)

    for ending in FORMATS:
        assert "aqilazuberi" in words_of(written(from_dict(edition.content), ending), ending)


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        ("person", "Aqila Zuberi (Bangladesh)"),
        ("organization", "Bangladesh"),
        ("category", "Government"),
        ("nobody", ""),
    ],
)
def test_the_source_says_what_the_policy_allows(app: Flask, policy: str, said: str) -> None:
    note = make_review.note(
        make.session(make.meeting()),
        speaker="Aqila Zuberi",
        organization="Prime Minister’s Office",
        country="BGD",
        stakeholder_type="government",
    )

    assert source_of(note.current, policy) == said


def test_a_ceiling_that_is_lowered_later_counts_for_what_was_cited_before(app: Flask) -> None:
    note = make_review.note(make.session(make.meeting()), ceiling="person")
    make_review.revise(note, ceiling="nobody")
    first = db.session.get_one(Note, note.id).revisions[0]

    assert level_of(first, "person") == "nobody"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As Samira Haddad said.", ["Samira Haddad"]),
        ("As SAMIRA  HADDAD said.", ["Samira Haddad"]),
        ("As Haddad Samira said.", ["Haddad Samira"]),
        ("As Ms. Haddad said.", ["Samira Haddad"]),
        ("H.E. Haddad said.", ["Samira Haddad"]),
        ("As สมิรา said.", []),
        ("As Samíra Haddad’s office said.", ["Samira Haddad"]),
        ("The Wombat Union spoke.", ["Wombat Union"]),
        ("The representative of Bhutan spoke.", ["Bhutan"]),
        ("Samirah Haddadi spoke.", []),
        ("The union spoke.", []),
    ],
)
def test_names_are_found_however_they_are_written(app: Flask, text: str, found: list[str]) -> None:
    note = make_review.note(
        make.session(make.meeting()),
        speaker="Samira Haddad",
        organization="Wombat Union",
        country="BTN",
        ceiling="nobody",
    )

    assert sorted(set(names_above(text, [note.current], "person"))) == sorted(found)
