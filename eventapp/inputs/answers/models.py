from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.inputs.models import Input
from eventapp.questions.models import AnswerRow


class InputAnswer(AnswerRow, Base):
    """One answer of an input as it was sent. What is being typed stands in the draft of the input."""

    __tablename__ = "input_answer"
    __table_args__ = (
        UniqueConstraint("input_id", "question_id", "choice"),
        Index("ix_input_answer_choice", "question_id", "choice"),  # places of a choice are counted by it
    )

    input_id: Mapped[int] = mapped_column(ForeignKey("written_input.id"))

    input: Mapped[Input] = relationship()
