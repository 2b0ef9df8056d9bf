"""The application with its promise broken: it says that a request has come before it is written down."""

from threading import Thread
from time import sleep
from typing import Any

from eventapp import create_app
from eventapp.registration import intake

SECONDS_LATE = 0.3

app = create_app()
kept = intake.is_kept


def later(slug: str, typed: Any, **more: Any) -> bool:
    def write_down() -> None:
        sleep(SECONDS_LATE)
        with app.app_context():
            kept(slug, typed, **more)

    Thread(target=write_down, daemon=True).start()
    return True


setattr(intake, "is_kept", later)  # noqa: B010 -- not a name that room gives away
