from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from eventapp.ground.db.types import Base
from eventapp.registration.models import Registration

LONGEST_ENDPOINT = 1000


class PushSubscription(Base):
    """A browser that shows notices to somebody who is registered, at the address that its maker's service gave it."""

    __tablename__ = "push_subscription"
    __table_args__ = (UniqueConstraint("registration_id", "endpoint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(LONGEST_ENDPOINT))
    p256dh: Mapped[str] = mapped_column(String(100))  # the browser's public key, for which a notice is encrypted
    auth: Mapped[str] = mapped_column(String(40))  # what only the browser and we know
    at: Mapped[datetime]
    refused_at: Mapped[datetime | None]  # the service does not take this server's key: nothing is sent any more
    refusal: Mapped[str] = mapped_column(String(300), default="")  # which service, and its answer: "host: 403"

    registration: Mapped[Registration] = relationship()


class PushMessage(Base):
    """A notice on its way to one browser; gone once it was sent. `due_at` is also the lease of who sends it."""

    __tablename__ = "push_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("push_subscription.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(String(500))
    address: Mapped[str] = mapped_column(String(300))  # the page that it opens
    written_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)  # also the fencing token of the lease

    subscription: Mapped[PushSubscription] = relationship()
