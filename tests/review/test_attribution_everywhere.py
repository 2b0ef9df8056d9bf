"""A name above its ceiling is in no export at all, wherever in a note it stood and however it was written.

Random policies, ceilings, rules of sessions, kinds and texts; every file a report or an outlet is given out in, every
page and the API; all parts of a package, properties and metadata too. The twin at the end says names that may be said.
"""

import json
import re
import zipfile
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.models import ORGANIZER
from eventapp.outlets.submissions import OUTLETS
from eventapp.record.extras.models import Translation
from eventapp.record.notes.models import Note
from eventapp.review.compilation.actions import compile_report
from eventapp.review.formats.evidence_json import from_dict
from eventapp.review.formats.writers import FORMATS, written
from eventapp.review.paragraphs import actions as editing
from eventapp.review.publishing.actions import publish
from eventapp.review.reports.models import Edition, Report
from eventapp.review.reports.queries import chapters_of, notes_for
from eventapp.review.versions.checks import findings
from eventapp.vocabulary.notes import CEILINGS
from tests import make, make_review
from tests.browserless import PageClient

pytestmark = pytest.mark.usefixtures("_apart")

PEOPLE = (("Aqila", "Zuberi"), ("Bertil", "Oxenstierna"), ("Chukwuemeka", "Nnadi"))
SENDERS = ("Zephyr Foundation", "Quokka Institute", "Wombat Union")
ACRONYMS = ("ZQXFN", "QQXIN", "WQXUN")  # of others whom the same notes are from
QUICK = ("json", "md", "csv")
SHAPES = {
    "full": "{0} {1}",
    "capitals": "{0} {1}",
    "reversed": "{1} {0}",
    "titled": "Ms. {1}",
    "spaced": "{0}  {1}",
    "possessive": "{0} {1}’s office",
    "bare": "{1}",
    "initial": "{0[0]}. {1}",
    "bare-possessive": "{1}’s office",
}
PLACES = ("nowhere", "text", "title", "source", "figure", "who", "partner", "translation", "translator", "acronym")


@dataclass(frozen=True)
class Said:
    """One note: how its source may be named, and where in its words the name stands, in which shape."""

    ceiling: str
    rule: str
    kind: str
    place: str
    shape: str
    off_record: bool = False
    lowered: str = ""  # to this ceiling, after it was cited

    def level(self, policy: str) -> str:
        """How much of the source may be said at most."""
        if self.off_record or self.rule == "closed":
            return "nobody"
        limits = [policy, self.ceiling, *([self.lowered] if self.lowered else [])]
        if self.rule == "chatham":
            limits.append("category")
        return max(limits, key=list(CEILINGS).index)


SAID = st.builds(
    Said,
    ceiling=st.sampled_from(list(CEILINGS)),
    rule=st.sampled_from(["open", "open", "chatham", "closed"]),
    kind=st.sampled_from(["trend", "recommendation", "commitment", "quote", "good-practice", "announcement"]),
    place=st.sampled_from(PLACES),
    shape=st.sampled_from(list(SHAPES)),
    off_record=st.sampled_from([False, False, False, True]),
    lowered=st.sampled_from(["", "", "nobody", "category"]),
)
TRIALS = st.lists(SAID, min_size=1, max_size=3)
MANY = settings(
    max_examples=50,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a trial is small enough to be read as it was drawn
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FEW = settings(MANY, max_examples=8)


def name_of(said: Said, place: int) -> str:
    name = SHAPES[said.shape].format(*PEOPLE[place])
    return name.upper() if said.shape == "capitals" else name


def facts_of(said: Said, place: int) -> dict[str, Any]:
    """The fields of the note; the name of its speaker in one more of them."""
    whole = f"{name_of(said, place)} of {SENDERS[place]}"
    facts: dict[str, Any] = {
        "kind": said.kind, "ceiling": said.ceiling, "off_record": said.off_record, "text": f"Word {place} was given.",
        "speaker": " ".join(PEOPLE[place]), "organization": SENDERS[place], "stakeholder_type": "civil-society",
    }  # fmt: skip
    more: dict[str, dict[str, Any]] = {
        "text": {"text": f"It was said by {whole}."},
        "title": {"title": f"What {whole} said"},
        "source": {"sources": [f"Interview with {whole}"]},
        "figure": {
            "text": "It grew by 74 per cent.",
            "figures": [{"figure": "74 per cent", "source": f"Told by {whole}"}],
        },
        "who": {"who": whole},
        "partner": {"partners": [whole]},
        "acronym": {
            "organization": f"{SENDERS[place]} with {ACRONYMS[place]}",
            "sources": [f"{ACRONYMS[place]}, yearly report"],
        },
    }
    return facts | more.get(said.place, {})


def reported(trial: list[Said], policy: str) -> Report:
    meeting = make.meeting()
    for place, said in enumerate(trial):
        note = make_review.note(make.session(meeting, rule=said.rule), **facts_of(said, place))
        if said.place in ("translation", "translator"):
            translated(note, name_of(said, place), is_translator=said.place == "translator")
    make_review.note(make.session(meeting), text="Something else.", ceiling="nobody")
    report = make_review.report(meeting, policy=policy)
    for place, said in enumerate(trial):
        if said.lowered:
            note = next(
                one
                for one in db.session.query(Note)
                if one.current.organization.startswith(SENDERS[place]) and one.session.meeting_id == meeting.id
            )
            make_review.revise(note, **facts_of(replace(said, ceiling=said.lowered), place))
    compile_report(report, by=None, at=make.TODAY)
    return report


def translated(note: Note, name: str, *, is_translator: bool) -> None:
    words = (
        {"text": "Mot.", "title": "Mot", "translator": name}
        if is_translator
        else {"text": f"Mot de {name}.", "title": "Mot", "translator": "T."}
    )
    make.kept(Translation(note_id=note.id, language="fr", of_revision=note.head, number=1, at=make.TODAY, **words))


def typed_by_hand(report: Report, trial: list[Said]) -> None:
    """An editor who was in the room writes all the names into a paragraph of their own, the last one in a footnote."""
    names = [
        name_of(said, place) + (f" of {SENDERS[place]}" if not said.off_record and said.rule != "closed" else "")
        for place, said in enumerate(trial)
    ]
    [*_others, last] = make_review.paragraphs(report)
    with transaction():
        words = f"It was said by {', '.join(names)}.^[As {names[-1]} told the secretariat.]"
        new = editing.add(last.chapter, words, after=last, by=None, at=make.TODAY)
    with transaction():
        editing.own(new, by=None, at=make.TODAY)


def made_safe(report: Report) -> Edition:
    """Publish; where a name stands in the way, the editor writes that paragraph without it."""
    found = findings(report, chapters_of(report))
    if found.named:
        with pytest.raises(Refused, match="above its ceiling"):
            publish(report, by=None, at=make.TODAY)
    for about in found.named:
        row = about.paragraph
        with transaction():
            editing.rewrite(row, "Somebody spoke.", version=row.version, by=None, at=make.TODAY)
    return publish(report, by=None, at=make.TODAY)


def words_of(content: bytes, ending: str) -> str:
    """Everything a reader or a program finds in the file, small and without spaces."""
    if ending == "pdf":
        reader = PdfReader(BytesIO(content))
        outline = json.dumps(reader.outline, default=str)
        xmp = reader.root_object.get("/Metadata")
        described = xmp.get_object().get_data().decode() if xmp else ""
        text = " ".join([*(page.extract_text() for page in reader.pages), str(reader.metadata), outline, described])
    elif ending in ("docx", "xlsx"):
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = package.namelist()
            text = " ".join([*names, *(package.read(name).decode(errors="replace") for name in names)])
        text = re.sub(r"<[^>]+>", " ", text) + re.sub(r"[^\w]+", " ", text)  # attributes too
    else:
        text = content.decode()
    return re.sub(r"\s+", "", text).casefold()


def addresses(report: Report, policy: str) -> list[str]:
    """Every page and file made of notes but the files of the press, as editors and the world ask for them."""
    slug, outlets = report.meeting.slug, f"/meetings/{report.meeting.slug}/review/outlets"
    quick = [f"{outlets}/{name}.{ending}?policy={policy}" for name in OUTLETS for ending in QUICK]
    codes = sorted({note.session.code for note in notes_for(report)})
    return [
        f"/meetings/{slug}/reports/{report.name}",
        f"/meetings/{slug}/reports/{report.name}/changes",
        f"/meetings/{slug}/review/reports/{report.name}/preview",
        f"/api/v1/meetings/{slug}/reports/{report.name}",
        *quick,
        *(f"{outlets}/{name}?policy={policy}" for name in OUTLETS),
        *(f"{outlets}/table.{ending}" for ending in ("csv", "xlsx", "json")),
        *(f"{outlets}/sessions/{code}.json?policy={policy}" for code in codes),
    ]


def cited(report: Report, edition: Edition) -> list[str]:
    """The pages of the notes behind each paragraph."""
    base = f"/meetings/{report.meeting.slug}/reports/{report.name}/paragraphs"
    return [f"{base}/{one.anchor[1:]}" for one in from_dict(edition.content).paragraphs]


def hidden(trial: list[Said], policy: str) -> list[str]:
    """What must not be read anywhere: family names, and senders of whom only the category may be said."""
    levels = [said.level(policy) for said in trial]
    people = [PEOPLE[place][1] for place, level in enumerate(levels) if level != "person"]
    others = [place for place, level in enumerate(levels) if level in ("category", "nobody")]
    return [*people, *(SENDERS[place] for place in others), *(ACRONYMS[place] for place in others)]


def leaks(
    client: PageClient, report: Report, edition: Edition, trial: list[Said], endings: tuple[str, ...]
) -> list[tuple[str, str]]:
    policy = report.policy
    read = {ending: words_of(written(from_dict(edition.content), ending), ending) for ending in endings}
    for path in [*addresses(report, policy), *cited(report, edition)]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        ending = "xlsx" if ".xlsx" in path else "txt"
        read[path] = words_of(answer.data, ending)
    return [
        (name, where)
        for name in hidden(trial, policy)
        for where, words in read.items()
        if name.replace(" ", "").casefold() in words
    ]


@pytest.fixture
def client(app: Flask) -> PageClient:
    found = app.test_client()
    assert isinstance(found, PageClient)
    found.lint = False
    return found


def signed_in(client: PageClient, report: Report) -> PageClient:
    return client.sign_in(make.staff(report.meeting, ORGANIZER))


@MANY
@given(trial=TRIALS, policy=st.sampled_from(list(CEILINGS)), by_hand=st.booleans())
@example(trial=[Said("person", "open", "commitment", "who", "full", lowered="nobody")], policy="person", by_hand=True)
@example(trial=[Said("organization", "open", "trend", "source", "titled")], policy="person", by_hand=True)
@example(trial=[Said("category", "open", "trend", "translation", "reversed")], policy="person", by_hand=True)
@example(trial=[Said("person", "open", "trend", "nowhere", "titled", off_record=True)], policy="person", by_hand=True)
@example(trial=[Said("person", "closed", "trend", "nowhere", "full")], policy="person", by_hand=True)
@example(trial=[Said("person", "chatham", "trend", "translator", "full")], policy="person", by_hand=True)
@example(trial=[Said("organization", "open", "trend", "text", "bare")], policy="person", by_hand=True)
@example(trial=[Said("category", "open", "trend", "figure", "bare")], policy="organization", by_hand=False)
@example(trial=[Said("person", "closed", "trend", "nowhere", "bare-possessive")], policy="person", by_hand=True)
@example(trial=[Said("person", "open", "good-practice", "acronym", "full")], policy="category", by_hand=False)
def test_no_name_above_its_ceiling_on_any_page_or_in_any_data(
    app: Flask, client: PageClient, trial: list[Said], policy: str, by_hand: bool
) -> None:
    report = reported(trial, policy)
    if by_hand:
        typed_by_hand(report, trial)
    edition = made_safe(report)
    assert leaks(signed_in(client, report), report, edition, trial, QUICK) == []


@FEW
@given(trial=TRIALS, policy=st.sampled_from(list(CEILINGS)))
def test_no_name_above_its_ceiling_in_any_file(app: Flask, client: PageClient, trial: list[Said], policy: str) -> None:
    report = reported(trial, policy)
    edition = made_safe(report)
    assert leaks(signed_in(client, report), report, edition, trial, tuple(FORMATS)) == []


def test_a_name_that_may_be_said_is_found_in_every_file_and_page(app: Flask, client: PageClient) -> None:
    """The positive control: a search that finds nothing would prove nothing."""
    trial = [Said("person", "open", "trend", "source", "full")]
    report = reported(trial, "person")
    edition = made_safe(report)
    blind = [replace(trial[0], ceiling="nobody")]  # as if it had been hidden
    found = {
        where.split("?")[0].rpartition("/")[2]
        for name, where in leaks(signed_in(client, report), report, edition, blind, tuple(FORMATS))
        if name == "Zuberi"
    }
    assert {*FORMATS, report.name, "preview", "open-consultation.json", "open-consultation.md"} <= found
