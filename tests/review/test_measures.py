"""The measures of a report's text, on reports of two paragraphs that are right or wrong in one way each."""

from dataclasses import replace

import pytest

from bench import measures
from bench.measures import Spoken
from eventapp.review.reports.content import Chapter, Evidence, Paragraph, Report, Sentence
from tests.review.sample import REPORT

NOTES = {
    "S1-01": Spoken("S1-01", "One cable serves us; it broke for 5 weeks.", "Fiji", ("Fiji",)),
    "S1-02": Spoken("S1-02", "Our cable broke.", "Tonga", ("Tonga",)),
    "S1-03": Spoken("S1-03", "A study by 31 December 2027.", "ITU", (), is_agreed=True),
}


def evidence(note: str) -> Evidence:
    one = next(one for paragraph in REPORT.paragraphs for one in paragraph.evidence)
    return replace(one, note=note)


def paragraph(*sentences: tuple[str, tuple[str, ...]]) -> Paragraph:
    text, cut = "", []
    for words, notes in sentences:
        text = f"{text} {words}".strip()
        cut.append(Sentence(len(text), notes))
    cited = dict.fromkeys(note for _words, notes in sentences for note in notes)
    return Paragraph(1, text, evidence=tuple(map(evidence, cited or ["S1-01"])), sentences=tuple(cut))


def report(*paragraphs: Paragraph) -> Report:
    return replace(REPORT, chapters=(Chapter(1, "Discussion", paragraphs),), annexes=())


GOOD = report(
    paragraph(
        ("Two delegations described how a single cable had failed them, once for 5 weeks.", ("S1-01", "S1-02")),
        ("The representative of Fiji stated that one cable served the country.", ("S1-01",)),
    ),
    paragraph(("The meeting agreed that a study would be made by 31 December 2027.", ("S1-03",))),
)


def test_a_good_report_meets_every_measure() -> None:
    assert measures.paragraphs_per_note(GOOD, list(NOTES.values())) == pytest.approx(2 / 3)
    assert measures.same_beginnings(GOOD) == 0
    assert measures.with_evidence(GOOD) == 1
    assert measures.quantifiers(GOOD, NOTES) == 1
    assert measures.meeting_without_agreement(GOOD, NOTES) == 0
    assert (measures.foreign(GOOD), measures.broken_clauses(GOOD)) == (0, 0)
    assert measures.states_named(GOOD, NOTES) == 1
    assert measures.figures_that_survive(GOOD, list(NOTES.values())) == 1


def test_the_same_three_words_are_seen() -> None:
    same = paragraph(("The representative of Fiji stated that it rained.", ("S1-01",)))
    other = paragraph(("It was said that it rained.", ("S1-02",)))
    assert measures.same_beginnings(report(same, same, same, other)) == 0.75


def test_a_sentence_without_notes_is_seen_also_where_none_was_cut() -> None:
    assert measures.with_evidence(report(paragraph(("It rained.", ("S1-01",)), ("It poured.", ())))) == 0.5
    whole = replace(paragraph(("It rained.", ("S1-01",))), sentences=())
    assert measures.with_evidence(report(whole)) == 0


@pytest.mark.parametrize(
    ("many", "floor", "word"),
    [
        (1, 9, "one"),
        (2, 2, "two"),
        (3, 9, "several"),
        (5, 5, "several"),
        (6, 20, "a number"),
        (6, 12, "many"),
        (9, 12, "most"),
        (12, 12, "all"),
    ],
)
def test_quantifiers_are_counted(many: int, floor: int, word: str) -> None:
    assert measures.word_for(many, floor) == word


def test_a_quantifier_that_says_more_is_seen() -> None:
    wrong = paragraph(("Several delegations spoke of cables.", ("S1-01", "S1-02")))
    right = paragraph(("Two delegations spoke of cables.", ("S1-01", "S1-02")))
    assert measures.quantifiers(report(wrong, right), NOTES) == 0.5


def test_the_meeting_without_agreement_is_seen() -> None:
    assert measures.meeting_without_agreement(report(paragraph(("The meeting noted cables.", ("S1-01",)))), NOTES) == 1


@pytest.mark.parametrize(
    ("words", "is_foreign"),
    [
        ("The cost of transit remained high for the landlocked countries.", False),
        ("The “École de la Mer et des Îles” was opened in the capital.", False),
        ("Il a été noté que les données doivent appartenir aux communautés.", True),
        ("The representative noted that 中方愿与各国分享老年人数字服务的经验.", True),
        ("It was noted that стоимость транзита остаётся главным препятствием.", True),
    ],
)
def test_foreign_sentences_are_seen(words: str, *, is_foreign: bool) -> None:
    assert measures.is_foreign(words) is is_foreign


@pytest.mark.parametrize(
    "words",
    [
        "It was noted that the cost of…",
        "Cables are dear for small States in every sea. Cables are dear for small States in every sea.",
        "It was noted that",
    ],
)
def test_cut_and_doubled_clauses_are_seen(words: str) -> None:
    assert measures.broken_clauses(report(paragraph((words, ("S1-01",))))) == 1


def test_a_state_that_is_lost_is_seen() -> None:
    lost = paragraph(("The representative of the Ministry stated that it rained.", ("S1-01",)))
    assert measures.states_named(report(lost), NOTES) == 0


def test_figures_that_are_lost_are_counted() -> None:
    lost = report(paragraph(("A study was asked for by December 2027.", ("S1-03",))))
    assert measures.figures_that_survive(lost, [NOTES["S1-03"]]) == 0.5
