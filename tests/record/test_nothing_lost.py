"""Whatever five editors do at once, every text that was ever accepted can be found again, and nobody's is replaced unseen."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from eventapp.drafts.models import Draft
from eventapp.ground.db import db, transaction
from eventapp.ground.refusal import Refused
from eventapp.record.notes.models import Note, Revision
from eventapp.record.revisions import actions
from eventapp.record.revisions.conflicts import settle
from eventapp.record.revisions.history import delete, restore, undo
from tests import make
from tests.make import TODAY
from tests.make_record import draft, note

EDITORS = 5
ROUNDS = 500
ACTS = ("open", "save", "save again", "restore", "delete", "undo", "mine", "theirs", "both")
Steps = list[tuple[int, str]]
steps = st.lists(st.tuples(st.integers(0, EDITORS - 1), st.sampled_from(ACTS)), min_size=5, max_size=40)


def everything_kept(note_id: int) -> set[str]:
    kept = db.session.scalars(select(Draft).where(Draft.target_id == note_id))
    revisions = db.session.scalars(select(Revision.text).where(Revision.note_id == note_id))
    return {str(one.content["text"]) for one in kept} | set(revisions)


class Editor:
    """Somebody with the note open: the revision they saw, the last text they sent, and its key."""

    def __init__(self, made: Note, number: int) -> None:
        self.note, self.number, self.seen, self.sent = made, number, 1, 0
        self.person = make.person(f"Editor {number}")
        self.text = f"Editor {number}, text 0."
        self.replaced = list[str]()  # acts that put something in the place of a text this editor never saw

    def act(self, word: str) -> str | None:
        """Do it. Returns the text that was accepted, None where none was or the answer was no."""
        at, before = TODAY + timedelta(seconds=self.sent), self.note.head
        try:
            with transaction():
                accepted = self.acts(word, at)
        except Refused:
            return None
        if before not in {self.note.head, self.seen} and word != "undo":  # that is for one's own newest change
            self.replaced.append(f"{word}: saw {self.seen}, replaced {before}")
        return accepted

    def acts(self, word: str, at: object) -> str | None:
        now = {"by": self.person, "at": at}
        if word == "open":
            self.seen = self.note.head
        if word == "save":
            self.sent += 1
            self.text = f"Editor {self.number}, text {self.sent}."
        if word in {"save", "save again"}:
            actions.revise(self.note, draft(self.text), base=self.seen, key=f"{self.number}-{self.sent}", **now)  # type: ignore[arg-type]
            return self.text
        if word == "restore":
            restore(self.note, 1, base=self.seen, **now)  # type: ignore[arg-type]
        if word == "delete":
            delete(self.note, base=self.seen, **now)  # type: ignore[arg-type]
        if word == "undo":
            undo(self.note, **now)  # type: ignore[arg-type]
        if word in {"mine", "theirs", "both"}:
            self.decide(word, now)
        return None

    def decide(self, word: str, now: dict[str, object]) -> None:
        query = select(Draft).where(Draft.target_id == self.note.id, Draft.settled_at.is_(None))
        kept = db.session.scalars(query.order_by(Draft.id)).first()
        if kept is None:
            return
        wished = {"mine": kept.content["text"], "both": f"{kept.content['text']} And more."}.get(word)
        settle(kept, draft(wished) if wished else None, base=self.seen, **now)  # type: ignore[arg-type]


def lost_in(moves: Steps) -> set[str]:
    """The accepted texts that nobody can find any more after these moves."""
    return outcome_of(moves)[0]


def outcome_of(moves: Steps) -> tuple[set[str], list[str]]:
    """What is lost after these moves, and what was replaced by somebody who never saw it."""
    made = note(make.session(make.meeting()))
    editors = [Editor(made, number) for number in range(EDITORS)]
    accepted = {text for number, word in moves if (text := editors[number].act(word))}
    return accepted - everything_kept(made.id), [one for editor in editors for one in editor.replaced]


def interleaved(seed: int, rounds: int = ROUNDS) -> Steps:
    """In each round one of the editors does something, most often saving on what they saw last."""
    chance = Random(seed)
    return [(chance.randrange(EDITORS), chance.choice(("open", "save", "save", *ACTS))) for _round in range(rounds)]


@pytest.mark.parametrize("seed", [2016, 2026])
def test_after_five_hundred_rounds_of_five_editors_nothing_is_lost_or_replaced_unseen(app: Flask, seed: int) -> None:
    assert outcome_of(interleaved(seed)) == (set(), [])


def test_without_the_question_for_the_revision_texts_would_be_replaced_unseen(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = actions.revise

    def unchecked(made: Note, *all_else: Any, base: int, **more: Any) -> object:
        return checked(made, *all_else, base=made.head, **more)

    monkeypatch.setattr(actions, "revise", unchecked)
    assert outcome_of(interleaved(2016, rounds=60))[1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=steps)
def test_every_accepted_text_is_found_again(app: Flask, moves: Steps) -> None:
    assert lost_in(moves) == set()


def test_a_save_that_overwrites_would_be_seen(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same moves against a save that drops the slower text: the search above must find the loss."""
    forgetful: Callable[..., object] = lambda made, *args, **more: made.current  # noqa: E731
    monkeypatch.setattr(actions, "keep_second", forgetful)
    assert lost_in([(0, "save"), (1, "save")]) == {"Editor 1, text 1."}
