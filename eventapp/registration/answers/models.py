from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.questions.models import AnswerRow
from eventapp.registration.models import Registration


class Answer(AnswerRow, Base):
    """One answer of one registration."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("registration_id", "question_id", "choice"),
        Index("ix_answer_choice", "question_id", "choice"),  # places of a choice are counted by it
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))

    registration: Mapped[Registration] = relationship()
