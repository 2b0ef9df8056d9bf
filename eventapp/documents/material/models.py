from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.agenda.models import SpeakingRole
from eventapp.ground.db.types import Base


class MaterialRequest(Base):
    """That somebody with a part was asked by letter for their material: when last, and how often."""

    __tablename__ = "material_request"

    role_id: Mapped[int] = mapped_column(ForeignKey("speaking_role.id"), primary_key=True, autoincrement=False)
    asked_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(default=1)

    role: Mapped[SpeakingRole] = relationship()
