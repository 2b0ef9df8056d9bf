from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.ground.security.sealing import opened
from eventapp.questions.models import AnswerRow
from eventapp.registration.models import Registration


class Answer(AnswerRow, Base):
    """One answer of one registration; `text` is empty where it is sealed."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("registration_id", "question_id", "choice"),
        Index("ix_answer_choice", "question_id", "choice"),  # places of a choice are counted by it
    )

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))

    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    registration: Mapped[Registration] = relationship()

    @property
    def is_sealed(self) -> bool:
        return self.sealed is not None

    @property
    def written(self) -> str | None:
        if self.sealed is None:
            return self.text
        content = opened(owner_of(self.registration_id, self.question_id), self.sealed)
        return None if content is None else content.decode()


def owner_of(registration_id: int, question_id: int) -> str:
    """Whose answer it is, as what is sealed says it."""
    return f"answer {registration_id} {question_id}"
