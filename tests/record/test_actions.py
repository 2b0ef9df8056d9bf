from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from eventapp.drafts.actions import Sent
from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.history.models import Entry
from eventapp.meetings.models import RAPPORTEUR
from eventapp.record.drafts.actions import keep_typing
from eventapp.record.drafts.queries import being_typed, second_texts
from eventapp.record.notes.content import Figure, content_from, content_of
from eventapp.record.notes.models import DRAFT, Note, Revision
from eventapp.record.notes.queries import next_number, notes_of, revisions_of
from eventapp.record.revisions.actions import record_note, revise
from eventapp.record.revisions.conflicts import record_beside, settle
from eventapp.record.revisions.history import delete, restore, undo
from tests import make
from tests.make import TODAY
from tests.make_record import draft, note

LATER = TODAY + timedelta(minutes=5)


def test_a_note_is_kept_as_its_first_revision(app: Flask) -> None:
    session = make.session(make.meeting(), code="S3")
    somebody = make.person("Lucia Fong")

    with transaction():
        made = record_note(session, draft(goals=(9, 2), action_lines=("C7-EAGR", "C2")), by=somebody, at=TODAY)

    assert (made.reference, made.head, made.state, made.author_id) == ("S3-01", 1, DRAFT, somebody.id)
    now = made.current
    assert (now.action_lines, now.goals, now.by_id, now.act) == (["C2", "C7-EAGR"], [2, 9], somebody.id, "recorded")
    assert now.title == "Community radio reaches farmers before any portal does"


def test_history_tells_of_it(app: Flask) -> None:
    made = note(make.session(make.meeting(), code="S3"))

    entry = db.session.scalars(select(Entry).where(Entry.thing == "note")).one()
    assert (entry.verb, entry.thing_id, entry.detail) == ("recorded", made.id, {"reference": "S3-01"})


def test_the_same_text_under_the_same_key_is_one_note(app: Flask) -> None:
    session = make.session(make.meeting())
    with transaction():
        first = record_note(session, draft(), by=None, at=TODAY, key="k-1")
    with transaction():
        second = record_note(session, draft(), by=None, at=LATER, key="k-1")

    assert first.id == second.id
    assert [one.number for one in notes_of(session)] == [1]


def test_another_text_under_the_same_key_is_another_note(app: Flask) -> None:
    session = make.session(make.meeting())
    with transaction():
        record_note(session, draft("What I saved."), by=None, at=TODAY, key="k-1")
    with transaction():
        record_note(session, draft("What I typed after going back."), by=None, at=TODAY, key="k-1")

    assert [one.current.text for one in notes_of(session)] == ["What I typed after going back.", "What I saved."]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "word " * 151},
        {"title": "x" * 121},
        {"kind": "rumour"},
        {"action_lines": ("C12",)},
        {"goals": (18,)},
        {"countries": ("XXX",)},
        {"support": "loud"},
    ],
)
def test_what_the_form_does_not_allow_is_refused(app: Flask, wrong: dict[str, object]) -> None:
    session = make.session(make.meeting())
    with pytest.raises(Refused), transaction():
        record_note(session, draft(**wrong), by=None, at=TODAY)  # type: ignore[arg-type]
    assert notes_of(session) == []


@pytest.mark.parametrize(
    ("rule", "wished", "given"),
    [
        ("open", "person", "person"),
        ("open", "nobody", "nobody"),
        ("chatham", "person", "category"),
        ("chatham", "organization", "category"),
        ("chatham", "nobody", "nobody"),
        ("closed", "person", "nobody"),
        ("closed", "category", "nobody"),
    ],
)
def test_a_note_may_say_less_of_its_source_than_the_session_never_more(
    app: Flask, rule: str, wished: str, given: str
) -> None:
    assert note(make.session(make.meeting(), rule=rule), ceiling=wished).current.ceiling == given


def test_a_change_is_a_new_revision_and_the_old_one_stays(app: Flask) -> None:
    made = note(make.session(make.meeting()), "First words.")
    with transaction():
        revise(made, draft("Better words."), base=1, by=None, at=LATER)

    assert [(one.number, one.text) for one in revisions_of(made)] == [(1, "First words."), (2, "Better words.")]
    assert (made.head, made.current.text) == (2, "Better words.")


def test_a_change_that_changes_nothing_is_no_revision(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with transaction():
        revise(made, content_of(made.current), base=1, by=None, at=LATER)
    assert made.head == 1


def test_the_same_change_sent_twice_is_one_revision(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    for _ in range(2):
        with transaction():
            revise(made, draft("Better words."), base=1, by=None, at=LATER, key="k-2")
    assert (made.head, second_texts(made)) == (2, [])


def test_two_changes_from_one_base_overwrite_nothing(app: Flask) -> None:
    made, one, other = note(make.session(make.meeting()), "First."), make.person("Lucia Fong"), make.person("Kim")
    with transaction():
        revise(made, draft("Hers."), base=1, by=one, at=TODAY)
    with transaction():
        outcome = revise(made, draft("Mine."), base=1, by=other, at=LATER)

    assert isinstance(outcome, Draft)
    assert (outcome.base, outcome.person_id, content_from(outcome.content).text) == (1, other.id, "Mine.")
    assert (made.head, made.current.text) == (2, "Hers.")


def conflict(app: Flask) -> tuple[Note, Draft]:
    made = note(make.session(make.meeting()), "First.")
    with transaction():
        revise(made, draft("Hers."), base=1, by=None, at=TODAY)
    with transaction():
        kept = revise(made, draft("Mine."), base=1, by=None, at=LATER)
    assert isinstance(kept, Draft)
    return made, kept


def test_my_text_may_win(app: Flask) -> None:
    made, kept = conflict(app)
    with transaction():
        settle(kept, content_from(kept.content), base=2, by=None, at=LATER)

    assert [one.text for one in revisions_of(made)] == ["First.", "Hers.", "Mine."]
    assert kept.settled_at == LATER


def test_the_other_text_may_stay_and_mine_is_still_there(app: Flask) -> None:
    made, kept = conflict(app)
    with transaction():
        settle(kept, None, base=2, by=None, at=LATER)

    assert (made.head, kept.settled_at) == (2, LATER)
    assert [content_from(one.content).text for one in second_texts(made)] == ["Mine."]


def test_a_third_text_meanwhile_is_a_conflict_again(app: Flask) -> None:
    made, kept = conflict(app)
    with transaction():
        revise(made, draft("A third one."), base=2, by=None, at=LATER)
    with transaction():
        outcome = settle(kept, draft("Hers and mine."), base=2, by=None, at=LATER)

    assert isinstance(outcome, Draft)
    assert [content_from(one.content).text for one in second_texts(made)] == ["Hers and mine.", "Mine."]


def test_both_texts_may_stay_as_two_notes(app: Flask) -> None:
    made, kept = conflict(app)
    with transaction():
        record_beside(kept, by=None, at=LATER)
    assert [one.current.text for one in notes_of(made.session)] == ["Mine.", "Hers."]


def test_restoring_is_a_new_revision(app: Flask) -> None:
    made = note(make.session(make.meeting()), "First.")
    with transaction():
        revise(made, draft("Second."), base=1, by=None, at=LATER)
    with transaction():
        restore(made, 1, base=2, by=None, at=LATER)
    assert [(one.text, one.act) for one in revisions_of(made)] == [
        ("First.", "recorded"),
        ("Second.", "revised"),
        ("First.", "restored"),
    ]


def test_a_deleted_note_is_a_revision_and_comes_back(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session)
    with transaction():
        delete(made, base=1, by=None, at=LATER)
    assert (notes_of(session), made.head, made.deleted_at) == ([], 2, LATER)

    with transaction():
        restore(made, 1, base=2, by=None, at=LATER)
    assert (len(notes_of(session)), made.head, made.deleted_at) == (1, 3, None)


def test_the_number_of_a_deleted_note_is_not_given_again(app: Flask) -> None:
    session = make.session(make.meeting())
    made = note(session)
    with transaction():
        delete(made, base=1, by=None, at=LATER)
    assert next_number(session) == 2


def test_a_note_somebody_changed_meanwhile_is_not_deleted(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with transaction():
        revise(made, draft("Second."), base=1, by=None, at=LATER)
    with pytest.raises(Refused), transaction():
        delete(made, base=1, by=None, at=LATER)
    assert made.deleted_at is None


def test_saving_over_a_deleted_note_keeps_the_text(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with transaction():
        delete(made, base=1, by=None, at=LATER)
    with transaction():
        outcome = revise(made, draft("Typed all the while."), base=1, by=None, at=LATER)
    assert isinstance(outcome, Draft)


def test_undo_takes_back_the_last_change(app: Flask) -> None:
    made = note(make.session(make.meeting()), "First.")
    with transaction():
        revise(made, draft("Second."), base=1, by=None, at=TODAY)
    with transaction():
        undo(made, by=None, at=TODAY + timedelta(minutes=10))
    assert (made.current.text, made.head) == ("First.", 3)


def test_undo_of_a_new_note_takes_it_out_and_of_a_deletion_brings_it_back(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with transaction():
        undo(made, by=None, at=TODAY)
    assert made.is_deleted
    with transaction():
        undo(made, by=None, at=TODAY)
    assert not made.is_deleted


def test_undo_ends_after_ten_minutes(app: Flask) -> None:
    made = note(make.session(make.meeting()))
    with pytest.raises(Refused), transaction():
        undo(made, by=None, at=TODAY + timedelta(minutes=10, seconds=1))


def test_undo_is_for_ones_own_change(app: Flask) -> None:
    made, other = note(make.session(make.meeting()), by=make.person("Lucia Fong")), make.person("Kim")
    with pytest.raises(Refused), transaction():
        undo(made, by=other, at=TODAY)


def test_a_change_after_approval_asks_for_approval_again(app: Flask) -> None:
    made = note(make.session(make.meeting()), state="approved")
    with transaction():
        revise(made, draft("Other words."), base=1, by=None, at=LATER)
    assert made.state == "submitted"


def test_a_published_note_changes_by_corrigendum_only(app: Flask) -> None:
    made = note(make.session(make.meeting()), "Two per cent.", state="published")
    acts: list[Callable[[], object]] = [
        lambda: revise(made, draft("Three per cent."), base=1, by=None, at=LATER),
        lambda: delete(made, base=1, by=None, at=LATER),
        lambda: undo(made, by=None, at=LATER),
        lambda: restore(made, 1, base=1, by=None, at=LATER),
    ]
    for act in acts:
        with pytest.raises(Refused), transaction():
            act()
    with transaction():
        revise(made, draft("Three per cent."), base=1, by=None, at=LATER, remark="The figure was misheard")
    assert (made.state, made.current.text, made.current.remark) == (
        "published",
        "Three per cent.",
        "The figure was misheard",
    )


def test_what_is_typed_is_kept_until_it_is_saved(app: Flask) -> None:
    meeting = make.meeting()
    session, somebody = make.session(meeting), make.staff(meeting, RAPPORTEUR)
    for version, text in enumerate(("Commun", "Community radio")):
        with transaction():
            keep_typing(session, draft(text), Sent(version), key="k-1", by=somebody, at=TODAY)
    typed = being_typed(session, somebody)
    assert typed is not None
    assert content_from(typed.content).text == "Community radio"

    with transaction():
        record_note(session, draft("Community radio reaches farmers."), by=somebody, at=LATER, key="k-1")
    assert being_typed(session, somebody) is None
    assert db.session.query(Draft).count() == 1


def test_a_commitment_is_due_as_its_words_say_from_the_day_of_its_session(app: Flask) -> None:
    session = make.session(make.meeting())
    said = draft("The regulator will open the data within two years.", kind="commitment")
    on = session.starts_at.date()
    tidy = said.tidy(session)
    assert (tidy.due_on, tidy.due_text) == (on.replace(year=on.year + 2), "within two years")
    assert replace(said, kind="trend").tidy(session).due_on is None
    assert replace(said, due_on=on).tidy(session).due_on == on


def test_a_draft_goes_to_json_and_back(app: Flask) -> None:
    whole = draft(
        figures=(Figure("2%", "ESCAP 2016"),),
        countries=("THA",),
        goals=(2,),
        sources=("A report",),
        due_on=TODAY.date(),
        who="ITU",
    )
    assert content_from(whole.as_json()) == whole
    made = note(make.session(make.meeting()), figures=(Figure("2%", "ESCAP 2016"),), due_on=TODAY.date())
    assert content_of(db.session.get_one(Revision, made.current.id)).figures == (Figure("2%", "ESCAP 2016"),)
