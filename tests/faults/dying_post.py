"""A postman who dies when the mail server has taken a letter and nothing says so yet: `python -m tests.faults.dying_post`.

With `careless` it keeps no receipt either.
"""

import os
import sys
from typing import Any

from eventapp.commands import create_app
from eventapp.mail.sending import delivery
from eventapp.mail.sending.leases import Lease
from eventapp.mail.sending.receipts import Receipts
from tests.faults.dying import KILLED


def die(*_told: Any, **_more: Any) -> str:
    os._exit(KILLED)


def forget(_receipts: Receipts, _lease: Lease) -> None:
    """Keep nothing."""


if __name__ == "__main__":
    delivery.note = die
    if "careless" in sys.argv:
        Receipts.keep = forget  # type: ignore[method-assign, assignment]
    app = create_app()
    with app.app_context():
        app.cli.main(["mail", "deliver"], standalone_mode=False)
