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

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER
from eventapp.record.notes.models import Note
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.language.attribution import level_of, names_above, source_of
from eventapp.review.language.names import Allowed, Names
from eventapp.review.paragraphs.actions import rewrite
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Edition, Report
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_review
from tests.browserless import PageClient

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
            with pytest.raises(Refused, match="above its ceiling"):
                publish(report, by=None, at=make.TODAY)
            with transaction():
                rewrite(paragraph, "Somebody spoke.", version=paragraph.version, by=None, at=make.TODAY)
    return publish(report, by=None, at=make.TODAY)


def words_of(content: bytes, ending: str) -> str:
    """Everything a reader or a program finds in the file, without spaces, for a line may break inside a name."""
    if ending == "pdf":
        reader = PdfReader(BytesIO(content))
        text = " ".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    elif ending in ("docx", "xlsx"):
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
        ("Haddad said that prices fall.", ["Samira Haddad"]),
        ("HADDAD said that prices fall.", ["Samira Haddad"]),
        ("It is as S. Haddad put it.", ["Samira Haddad"]),
        ("Haddad’s office agreed.", ["Samira Haddad"]),
        ("A haddad is a smith.", []),
        ("As Samira said.", []),
        ("As Ms. Haddad said.", ["Samira Haddad"]),
        ("H.E. Haddad said.", ["Samira Haddad"]),
        ("As สมิรา said.", []),
        ("As Samíra Haddad’s office said.", ["Samira Haddad"]),
        ("The Wombat Union spoke.", ["Wombat Union"]),
        ("Bhutan spoke.", ["Bhutan"]),
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


@pytest.mark.parametrize(
    ("speaker", "text", "found", "suspected"),
    [
        # the family name as the record has it
        ("KIM Ji-won", "Kim said so.", True, False),
        ("KIM Ji-won", "Ji-won said so.", False, True),
        ("Kim Ji-won", "Kim said so.", True, False),
        ("Haddad, Samira", "Haddad said so.", True, False),
        ("Samira Al-Haddad", "Haddad said so.", True, False),
        ("Juan de la Cruz", "De la Cruz said so, as Cruz does.", True, False),
        ("Anna Prime-Mensah", "Prime-Mensah said so.", True, False),
        ("Anna Prime-Mensah", "Mensah said so.", False, True),
        ("Li Wei", "Wei thanked them.", True, False),
        ("Wang Li", "Li thanked them.", True, False),  # either may be the family name
        ("Wang Li", "Wang thanked them.", True, False),
        ("Wang An", "An answer came.", False, False),
        ("Ming Li", "Li thanked them.", True, False),
        ("Ming Li", "Ms. Li thanked them.", True, False),
        ("Sukarno", "Sukarno thanked them.", True, False),
        ("Sukarno", "A sukarno is nothing.", False, False),
        # another script
        ("سميرة حداد", "قالت حداد ذلك", True, False),
        ("سميرة الحداد", "وحداد أيضا", True, False),
        ("Айгерім Нұрланова", "Как сказала Нұрланова вчера", True, False),
        ("विष्णु अधिकारी", "अधिकारी ने कहा", True, False),
        ("佐藤 遥", "佐藤は述べた", True, False),
        ("张伟", "张女士说", True, False),
        ("张伟", "纸张很贵", False, False),
        ("박서연", "박서연은 말했다", True, False),
        ("อนงค์ สุขสวัสดิ์", "คุณสุขสวัสดิ์กล่าวว่า", True, False),
        # words as well as names
        ("Samira Long", "Long said so.", False, True),
        ("Samira Long", "According to Long, it grows.", False, True),
        ("Samira Long", "Long queues were reported. In the long run it grows.", False, False),
        ("Samira Long", "Ms. Long spoke.", True, False),
        ("Samira Long", "As Samira Long said.", True, False),
        ("Mark Haddad", "Mark the date.", False, False),
        ("Mark Haddad", "Mark said so.", False, True),
        ("Chad Bond", "Chad grows, and its Bond market does.", False, False),
        ("Samira Ito", "The ITO reported.", False, True),
        ("Samira Ito", "Ito reported.", True, False),
    ],
)
def test_a_family_name_alone_is_found_where_it_is_certain_and_shown_where_it_is_not(
    speaker: str, text: str, found: bool, suspected: bool
) -> None:
    names = Names([speaker])
    assert (bool(names.found_in(text)), bool(names.suspected_in(text))) == (found, suspected)


@pytest.mark.parametrize(
    ("text", "found", "suspected"),
    [
        ("Ali Haddad said so.", False, False),
        ("The Haddad Foundation said so.", False, False),
        ("Haddad said so.", False, True),
        ("Samira Haddad said so.", True, False),
        ("Ms. Haddad said so.", True, False),
    ],
)
def test_a_part_that_a_name_which_may_be_said_has_too_is_shown_and_does_not_block(
    text: str, found: bool, suspected: bool
) -> None:
    names = Names(["Samira Haddad"], allowed=Allowed(["Ali Haddad", "Haddad Foundation"]))
    assert (bool(names.found_in(text)), bool(names.suspected_in(text))) == (found, suspected)


def test_a_bare_family_name_blocks_publishing_and_a_doubtful_one_is_only_shown(app: Flask) -> None:
    meeting = make.meeting(mandate=[], objectives=[])
    session = make.session(meeting, kind="trends")
    make_review.note(session, text="Prices fall.", speaker="Samira Haddad", ceiling="category")
    make_review.note(session, text="Networks grow.", speaker="Mark Long", ceiling="category")
    report = make_review.report(meeting, policy="organization")
    [*_others, first, second] = make_review.paragraphs(report)
    with transaction():
        rewrite(first, "Haddad said that prices fall.", version=first.version, by=None, at=make.TODAY)
        rewrite(second, "Long said that networks grow.", version=second.version, by=None, at=make.TODAY)
    with pytest.raises(Refused, match=r"above its ceiling \(Samira Haddad\)"):
        publish(report, by=None, at=make.TODAY)

    client = app.test_client()
    assert isinstance(client, PageClient)
    client.sign_in(make.staff(meeting, ORGANIZER))
    page = client.get(f"/meetings/{meeting.slug}/review/reports/{report.name}").text
    assert "Above the ceiling of its source: Samira Haddad." in page
    assert "may be a name above the ceiling of its source: Mark Long" in page
    with transaction():
        rewrite(first, "Prices fall.", version=first.version, by=None, at=make.TODAY)
    assert publish(report, by=None, at=make.TODAY).version == 1
