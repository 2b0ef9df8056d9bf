from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.files import StoredFile
from eventapp.ground.db.types import Base
from eventapp.inputs.models import Input
from eventapp.questions.models import AnswerRow, Question


class InputAnswer(AnswerRow, Base):
    """One answer of an input as it was sent. What is being typed stands in the draft of the input."""

    __tablename__ = "input_answer"
    __table_args__ = (
        UniqueConstraint("input_id", "question_id", "choice"),
        Index("ix_input_answer_choice", "question_id", "choice"),  # places of a choice are counted by it
    )

    input_id: Mapped[int] = mapped_column(ForeignKey("written_input.id"))

    input: Mapped[Input] = relationship()


class AnswerFile(StoredFile, Base):
    """A file that answers a question of an input. What stands in the form is not replaced; what was sent stays too."""

    __tablename__ = "input_answer_file"

    input_id: Mapped[int] = mapped_column(ForeignKey("written_input.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), index=True)
    content_type: Mapped[str] = mapped_column(String(100))

    input: Mapped[Input] = relationship()
    question: Mapped[Question] = relationship()

    @property
    def value(self) -> str:
        """The file as an answer has it."""
        return f"{self.sha256} {self.given_name}"
