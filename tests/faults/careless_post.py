"""The mail worker with its promise broken: it writes down that a letter was sent before it is. For the control."""

from datetime import datetime
from time import sleep

from eventapp.commands import create_app
from eventapp.ground.db import transaction
from eventapp.ground.jobs.stopping import Stop
from eventapp.mail.sending import delivery
from eventapp.mail.sending.receipts import Receipts

SECONDS_LATE = 0.3


def early(
    at: datetime, carry: delivery.Carry, stop: Stop = delivery.NEVER, receipts: Receipts = delivery.NO_RECEIPTS
) -> str | None:
    """Note it, wait, send it."""
    del stop, receipts
    lease = delivery.take(at)
    if lease is None:
        return None
    with transaction():
        outcome = delivery.note(lease, None, forgets=False)
    sleep(SECONDS_LATE)
    delivery.attempt(lease, carry)
    return outcome


if __name__ == "__main__":
    delivery.deliver_one = early
    app = create_app()
    with app.app_context():
        app.cli.main(["mail", "deliver", "--forever"], standalone_mode=False)
