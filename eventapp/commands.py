"""The application with its commands: what `flask` needs, and the web server starts sooner without."""

from typing import Any

from flask import Flask
from flask_migrate import Migrate

import eventapp
from config import Config
from eventapp.agenda import cli as agenda_commands
from eventapp.balance.chores import CHORES as BALANCE_CHORES
from eventapp.commitments.chores import CHORES as COMMITMENT_CHORES
from eventapp.db import db
from eventapp.demo import cli as demo_commands
from eventapp.due import Chore
from eventapp.history import cli as history_commands
from eventapp.mail import cli as mail_commands
from eventapp.mail.smtp import mailer
from eventapp.meeting_file import cli as meeting_commands
from eventapp.operations import backup as backup_commands
from eventapp.operations import cli as operations_commands
from eventapp.outcomes import cli as outcomes_commands
from eventapp.outcomes.chores import CHORES as OUTCOMES_CHORES
from eventapp.outlets import cli as outlets_commands
from eventapp.package import cli as package_commands
from eventapp.people import cli as people_commands
from eventapp.registration import cli as registration_commands
from eventapp.registration.chores import CHORES as REGISTRATION_CHORES
from eventapp.review import cli as review_commands

COMMANDS: tuple[Any, ...] = (
    backup_commands,
    agenda_commands,
    demo_commands,
    history_commands,
    mail_commands,
    operations_commands,
    outcomes_commands,
    people_commands,
    meeting_commands,
    registration_commands,
    review_commands,
    outlets_commands,
    package_commands,
)
CHORES: tuple[Chore, ...] = (
    *REGISTRATION_CHORES,
    *OUTCOMES_CHORES,
    *COMMITMENT_CHORES,
    *BALANCE_CHORES,
)  # what the worker looks for every minute


def create_app(config: Config | None = None) -> Flask:
    """The app for this configuration, or for the one in the environment, with its commands and its migrations."""
    app = eventapp.create_app(config)
    Migrate(app, db, directory=str(app.config["MIGRATIONS"]), render_as_batch=True)
    mailer.init_app(app)  # letters leave by a command only: the web server writes them down, and is smaller without
    for commands in COMMANDS:
        app.cli.add_command(commands.group)
    app.extensions["chores"] = CHORES
    return app
