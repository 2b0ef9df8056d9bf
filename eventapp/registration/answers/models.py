from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.questions.kinds import FILE
from eventapp.questions.models import Question, QuestionWording
from eventapp.registration.models import Registration


class Answer(Base):
    """One answer of one registration: a choice by its code, one row for each, or what was written or sent."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("registration_id", "question_id", "choice"),
        Index("ix_answer_choice", "question_id", "choice"),  # places of a choice are counted by it
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    wording_id: Mapped[int] = mapped_column(ForeignKey("question_wording.id"))
    choice: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")  # of a file: its digest, a blank, and its name
    at: Mapped[datetime]

    registration: Mapped[Registration] = relationship()
    question: Mapped[Question] = relationship()
    wording: Mapped[QuestionWording] = relationship()

    @property
    def value(self) -> str:
        """The code of the choice, or what was written."""
        return self.choice or self.text

    @property
    def plain(self) -> str:
        """The same; of a file what it is called."""
        return self.text.partition(" ")[2] if self.question.kind == FILE else self.value
