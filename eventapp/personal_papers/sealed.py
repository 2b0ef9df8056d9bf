"""Sealed answers on papers. A paper that is issued holds none: where one stands it has the question and which answer it
was, and the words are put in each time that the paper is printed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from eventapp.ground.db import db
from eventapp.ground.db.types import Record
from eventapp.ground.refusal import Refused
from eventapp.ground.security.sealing import UNREADABLE
from eventapp.ground.text.i18n import _
from eventapp.ground.text.languages import name_language
from eventapp.meetings.models import Meeting
from eventapp.personal_papers.content import spoken_in
from eventapp.personal_papers.issued import Issued
from eventapp.personal_papers.kinds import ANSWER
from eventapp.questions.answers import in_words
from eventapp.questions.conditions import name_of
from eventapp.questions.kinds import FILE
from eventapp.questions.models import SEALED, Question
from eventapp.questions.queries import every_question_of
from eventapp.registration.answers.models import Answer


class Held(NamedTuple):
    """A sealed answer as a paper holds it: the code of the question, and which answer it was."""

    question: str
    mark: str


def words_for(meeting: Meeting) -> dict[str, str]:
    """The words in braces that stand for sealed answers of this meeting, and what each question is called."""
    asked = [one for one in every_question_of(meeting) if one.is_sealed and one.kind != FILE]
    return {ANSWER + one.code: name_of(one) for one in asked}


def files_for(meeting: Meeting) -> set[str]:
    """The words in braces that would stand for answers of this meeting which are files: no paper prints one."""
    return {ANSWER + one.code for one in every_question_of(meeting) if one.kind == FILE}


def held_in(
    meeting: Meeting, words: Collection[str], registrations: Collection[int]
) -> dict[int, dict[str, Held | str]]:
    """What each of these words in braces stands for, by the registration: nothing where it was not answered.

    One that stands for no sealed question of this meeting is left out. Nothing is opened.
    """
    codes = [word.removeprefix(ANSWER) for word in words if word.startswith(ANSWER)]
    here = Question.meeting_id == meeting.id, SEALED, Question.kind != FILE, Question.code.in_(codes)
    known = db.session.scalars(select(Question.code).where(*here)).all() if codes else []
    empty: dict[str, Held | str] = {ANSWER + code: "" for code in known}
    found = {number: dict(empty) for number in registrations}
    query = select(Answer).join(Answer.question).where(*here, Answer.registration_id.in_(registrations))
    for one in db.session.scalars(query.options(contains_eager(Answer.question))) if known else ():
        found[one.registration_id][ANSWER + one.question.code] = Held(one.question.code, mark_of(one))
    return found


def mark_of(answer: Answer) -> str:
    """What tells an answer from the one before it: it is another row, made at another time."""
    return f"{answer.id} {answer.at.isoformat()}"


def questions_in(papers: Sequence[Issued]) -> list[str]:
    """The codes of the questions whose sealed answers stand on these papers."""
    return sorted({run["answer"] for one in papers for run in runs_in(one.content) if "answer" in run})


def with_answers(papers: Sequence[Issued], tongue: str) -> list[Issued]:
    """The papers with the sealed answers open, to be printed and kept nowhere.

    Refused where the server has no key for one, or where one was changed or deleted since its paper was issued.
    """
    marks = {run["mark"] for one in papers for run in runs_in(one.content) if "answer" in run}
    if not marks:
        return list(papers)
    numbers = [int(mark.partition(" ")[0]) for mark in marks]
    around = contains_eager(Answer.question).joinedload(Question.meeting), joinedload(Answer.wording)
    query = select(Answer).join(Answer.question).where(Answer.id.in_(numbers)).options(*around)
    with force_locale(spoken_in(tongue)):
        there = {mark_of(one): opened(one) for one in db.session.scalars(query)}
    return [replace(one, content=filled_in(one, there)) for one in papers]


def opened(answer: Answer) -> str:
    """The answer in the words of the language that is spoken now. Refused where no key opens it."""
    if answer.written is None:
        raise Refused(str(UNREADABLE))
    return in_words(answer, answer.question.meeting.written_in, opens=True)


def filled_in(paper: Issued, there: Mapping[str, str]) -> Record:
    """What a paper says, with these words in place of the answers by their marks."""
    if not any("answer" in run for run in runs_in(paper.content)):
        return paper.content
    blocks = []
    for block in paper.content["blocks"]:
        runs = [run if "answer" not in run else {**run, **words_at(run["mark"], there, paper)} for run in block["runs"]]
        blocks.append({**block, "runs": runs})
    return {**paper.content, "blocks": blocks}


def words_at(mark: str, there: Mapping[str, str], paper: Issued) -> Record:
    words = there.get(mark)
    if words is None:
        raise Refused(
            _("An answer in %(number)s was changed or deleted since. It has to be issued anew.", number=paper.number)
            if paper.number
            else _("An answer was changed meanwhile. Press again.")
        )
    return {"text": words, "lang": name_language(words).lang}


def runs_in(content: Record) -> Iterator[Record]:
    for block in content["blocks"]:
        yield from block["runs"]
