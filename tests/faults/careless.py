"""The application with its promise broken: it says that a request has come before it is written down."""

from threading import Thread
from time import sleep
from typing import Any

from eventapp import create_app
from eventapp.ground.db import db, transaction
from eventapp.meetings.models import Meeting
from eventapp.registration import views
from eventapp.registration.application import Application
from eventapp.registration.register import register_from

SECONDS_LATE = 0.3

app = create_app()


def later(host: str, meeting: Meeting, application: Application, **more: Any) -> bool:
    number = meeting.id

    def write_down() -> None:
        sleep(SECONDS_LATE)
        with app.app_context(), transaction():
            register_from(host, db.session.get_one(Meeting, number), application, **more)

    Thread(target=write_down, daemon=True).start()
    return True


setattr(views, "register_from", later)  # noqa: B010 -- not a name that room gives away
