"""The application with its promise broken: it says that a request has come before it is written down."""

from collections.abc import Callable
from threading import Thread
from time import sleep

from flask import copy_current_request_context

from eventapp import create_app
from eventapp.registration import views
from eventapp.rows import in_a_crowd

SECONDS_LATE = 0.3

app = create_app()


def later(act: Callable[[], bool]) -> bool:
    @copy_current_request_context
    def write_down() -> None:
        sleep(SECONDS_LATE)
        in_a_crowd(act)

    Thread(target=write_down, daemon=True).start()
    return True


setattr(views, "in_a_crowd", later)  # noqa: B010 -- not a name that room gives away
