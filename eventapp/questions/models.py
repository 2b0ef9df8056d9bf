from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, declared_attr, foreign, mapped_column, relationship

from eventapp.ground.db.types import Base, Record
from eventapp.ground.security.sealing import UNREADABLE
from eventapp.meetings.models import Meeting
from eventapp.people.models import Person
from eventapp.questions.content import in_language
from eventapp.questions.kinds import ANY, FILE, SEALED_KINDS, SEALED_STAGE, seals


class Question(Base):
    """What a meeting asks beside what every registration says. Once answered it is ended, never deleted."""

    __tablename__ = "question"
    __table_args__ = (
        UniqueConstraint("meeting_id", "code"),
        Index("ix_question_order", "meeting_id", "stage", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    code: Mapped[str] = mapped_column(String(20))  # q12: what files call it; given once
    kind: Mapped[str] = mapped_column(String(12))
    stage: Mapped[str] = mapped_column(String(12))  # when it is asked
    position: Mapped[int]  # from 1 among those of its stage that are asked
    help: Mapped[Record]  # language → text, as the section
    section: Mapped[Record]  # the heading above it; the same heading one after the other is one section
    categories: Mapped[list[str]]  # codes of those who are asked, none for everybody
    condition: Mapped[Record]  # {} or {"match": …, "of": [{"question": code, "compared": …, "answer": …}, …]}
    places: Mapped[Record]  # code of a choice → how many may choose it
    is_required: Mapped[bool]
    is_personal: Mapped[bool]
    retention_days: Mapped[int | None]  # after the last day of the meeting; None as long as the registration
    wording_number: Mapped[int]
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # from then on nobody is asked
    version: Mapped[int] = mapped_column(default=1)

    meeting: Mapped[Meeting] = relationship()
    wording: Mapped["QuestionWording"] = relationship(
        primaryjoin=lambda: (
            (Question.id == foreign(QuestionWording.question_id)) & (Question.wording_number == QuestionWording.number)
        ),
        viewonly=True,
        uselist=False,
        lazy="joined",
        innerjoin=True,
    )

    @property
    def label(self) -> Mapping[str, str]:
        return self.wording.label

    @property
    def is_sealed(self) -> bool:
        """Whether the database holds its answers sealed."""
        return seals(self.stage, self.kind)

    @property
    def is_guarded(self) -> bool:
        """Whether its answers go soon after the meeting, and no history and no package has them."""
        return self.is_personal or self.is_sealed

    @property
    def conditions(self) -> list[Record]:
        """What other questions must have as answers, none for one that is always asked."""
        listed: list[Record] = self.condition.get("of", [])
        return listed

    def holds(self, met: Iterable[bool]) -> bool:
        """Whether it is asked, by which of its conditions are met."""
        return not self.condition or (any(met) if self.condition["match"] == ANY else all(met))

    def text_in(self, name: str, language: str) -> tuple[str, str]:
        """Its label, agreement, help or section for a reader of this language, and the language the text is in."""
        texts = {"label": self.wording.label, "agreement": self.wording.agreement, "help": self.help}
        return in_language(texts.get(name, self.section), language, self.meeting.written_in)

    def is_for(self, category: str) -> bool:
        """Whether people of the category with this code are asked."""
        return not self.categories or category in self.categories


SEALED = (Question.stage == SEALED_STAGE) & Question.kind.in_(SEALED_KINDS)  # as Question.is_sealed, asked in SQL
GUARDED = or_(Question.is_personal, SEALED)  # as Question.is_guarded


class QuestionWording(Base):
    """A question in the words it was asked in; never changed, for answers stay with it."""

    __tablename__ = "question_wording"
    __table_args__ = (UniqueConstraint("question_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    number: Mapped[int]
    words: Mapped[Record]  # as QuestionContent.words() has them
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    by: Mapped[Person | None] = relationship()

    @property
    def label(self) -> Mapping[str, str]:
        texts: Mapping[str, str] = self.words["label"]
        return texts

    @property
    def agreement(self) -> Mapping[str, str]:
        texts: Mapping[str, str] = self.words["agreement"]
        return texts

    @property
    def choices(self) -> dict[str, dict[str, str]]:
        """The text of each choice per language, by its code, in their order."""
        return {one["code"]: one["label"] for one in self.words["choices"]}


class AnswerRow:
    """One answer of somebody: a choice by its code, one row for each, or what was written or sent."""

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    wording_id: Mapped[int] = mapped_column(ForeignKey("question_wording.id"))
    choice: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")  # of a file: its digest, a blank, and its name
    at: Mapped[datetime]

    @declared_attr
    def question(self) -> Mapped[Question]:
        return relationship(Question)

    @declared_attr
    def wording(self) -> Mapped[QuestionWording]:
        return relationship(QuestionWording)

    @property
    def is_sealed(self) -> bool:
        """Whether it can be read with a key alone."""
        return False

    @property
    def written(self) -> str | None:
        """What was written, opened where it is sealed; None where no key of ours opens it."""
        return self.text

    @property
    def value(self) -> str:
        """The code of the choice, or what was written; of what no key opens something that nobody can type."""
        written = self.written
        return self.choice or ("\0sealed" if written is None else written)

    @property
    def plain(self) -> str:
        """The same as a person reads it; of a file what it is called."""
        written = self.written
        if written is None:
            return str(UNREADABLE)
        return written.partition(" ")[2] if self.question.kind == FILE else self.choice or written
