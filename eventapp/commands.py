"""The application with its commands: what `flask` needs, and the web server starts sooner without."""

from datetime import datetime
from types import ModuleType

from flask import Flask
from flask_migrate import Migrate

import eventapp
from config import Config
from eventapp.agenda import cli as agenda_commands
from eventapp.agenda.availability.jobs import JOBS as AVAILABILITY_JOBS
from eventapp.agenda.exports.printing.jobs import LONG_JOBS as PRINT_LONG_JOBS
from eventapp.agenda.imports.jobs import JOBS as AGENDA_JOBS
from eventapp.agenda.imports.jobs import LONG_JOBS as AGENDA_LONG_JOBS
from eventapp.agenda.imports.models import AgendaImport
from eventapp.agenda.zones.jobs import JOBS as ZONE_JOBS
from eventapp.announcements.jobs import JOBS as ANNOUNCEMENT_JOBS
from eventapp.badges.jobs import LONG_JOBS as BADGE_LONG_JOBS
from eventapp.balance.jobs import JOBS as BALANCE_JOBS
from eventapp.balance.jobs import LONG_JOBS as BALANCE_LONG_JOBS
from eventapp.checkin.attendance.jobs import LONG_JOBS as ATTENDANCE_LONG_JOBS
from eventapp.clearance.jobs import JOBS as CLEARANCE_JOBS
from eventapp.clearance.jobs import LONG_JOBS as CLEARANCE_LONG_JOBS
from eventapp.commitments.jobs import JOBS as COMMITMENT_JOBS
from eventapp.demo import cli as demo_commands
from eventapp.desk.starting.jobs import LONG_JOBS as COPY_JOBS
from eventapp.drafts.jobs import JOBS as DRAFT_JOBS
from eventapp.erasure.jobs import JOBS as ERASURE_JOBS
from eventapp.floor.speaking.jobs import LONG_JOBS as SPEAKER_LONG_JOBS
from eventapp.ground.db import db
from eventapp.ground.jobs.scheduler import AnyJob, LongJob
from eventapp.ground.jobs.slices import Lease as SliceLease
from eventapp.history import cli as history_commands
from eventapp.inputs.jobs import JOBS as INPUT_JOBS
from eventapp.live.telling.jobs import LONG_JOBS as LIVE_LONG_JOBS
from eventapp.live.telling.preparing import Notice
from eventapp.mail import cli as mail_commands
from eventapp.mail.jobs import JOBS as MAIL_JOBS
from eventapp.mail.sending.smtp import mailer
from eventapp.meeting_file import cli as meeting_commands
from eventapp.meeting_file.arriving.jobs import LONG_JOBS as FILE_ARRIVAL_JOBS
from eventapp.meetings.arriving.actions import Lease as ArrivalLease
from eventapp.meetings.arriving.jobs import JOBS as ARRIVAL_JOBS
from eventapp.meetings.prepared.actions import Lease as FileLease
from eventapp.meetings.prepared.jobs import JOBS as PREPARED_JOBS
from eventapp.meetings.retention.jobs import JOBS as RETENTION_JOBS
from eventapp.messages.jobs import JOBS as MESSAGE_JOBS
from eventapp.messages.jobs import LONG_JOBS as MESSAGE_LONG_JOBS
from eventapp.messages.preparing import Batch
from eventapp.my_agenda.sign_up.jobs import JOBS as SIGN_UP_JOBS
from eventapp.my_agenda.sign_up.jobs import LONG_JOBS as SIGN_UP_LONG_JOBS
from eventapp.networking.bilaterals.jobs import JOBS as BILATERAL_JOBS
from eventapp.networking.retention import JOBS as NETWORKING_JOBS
from eventapp.networking.slots.jobs import JOBS as SLOT_JOBS
from eventapp.official_list.jobs import LONG_JOBS as OFFICIAL_LIST_LONG_JOBS
from eventapp.operations import cli as operations_commands
from eventapp.operations.backups import cli as backup_commands
from eventapp.outlets import cli as outlets_commands
from eventapp.outlets.jobs import LONG_JOBS as OUTLETS_LONG_JOBS
from eventapp.package import cli as package_commands
from eventapp.package.arriving.jobs import LONG_JOBS as PACKAGE_ARRIVAL_JOBS
from eventapp.package.jobs import LONG_JOBS as PACKAGE_LONG_JOBS
from eventapp.people import cli as people_commands
from eventapp.people.jobs import JOBS as PEOPLE_JOBS
from eventapp.personal_papers.jobs import LONG_JOBS as PAPER_LONG_JOBS
from eventapp.push.actions import Taken
from eventapp.push.jobs import JOBS as PUSH_JOBS
from eventapp.push.jobs import LONG_JOBS as PUSH_LONG_JOBS
from eventapp.record import cli as record_commands
from eventapp.record.jobs import JOBS as RECORD_JOBS
from eventapp.record.loading.arriving.actions import Lease as NotesLease
from eventapp.record.loading.arriving.jobs import LONG_JOBS as NOTES_ARRIVAL_JOBS
from eventapp.record.loading.files.jobs import LONG_JOBS as NOTES_LONG_JOBS
from eventapp.registration import cli as registration_commands
from eventapp.registration.decisions.tasks.jobs import LONG_JOBS as DECISION_LONG_JOBS
from eventapp.registration.decisions.tasks.models import DecisionTask
from eventapp.registration.imports.jobs import LONG_JOBS as IMPORT_LONG_JOBS
from eventapp.registration.imports.models import Import
from eventapp.registration.invitations.jobs import LONG_JOBS as INVITATION_LONG_JOBS
from eventapp.registration.jobs import JOBS as REGISTRATION_JOBS
from eventapp.registration.lists.jobs import LONG_JOBS as LIST_LONG_JOBS
from eventapp.review import cli as review_commands
from eventapp.review.jobs import JOBS as REVIEW_JOBS
from eventapp.review.jobs import LONG_JOBS as REVIEW_LONG_JOBS
from eventapp.review.tasks.actions import Lease

COMMANDS: tuple[ModuleType, ...] = (
    backup_commands,
    agenda_commands,
    demo_commands,
    history_commands,
    mail_commands,
    operations_commands,
    record_commands,
    people_commands,
    meeting_commands,
    registration_commands,
    review_commands,
    outlets_commands,
    package_commands,
)
JOBS: tuple[AnyJob, ...] = (
    *REGISTRATION_JOBS,
    *AGENDA_JOBS,
    *SIGN_UP_JOBS,
    *BILATERAL_JOBS,
    *AVAILABILITY_JOBS,
    *NETWORKING_JOBS,
    *SLOT_JOBS,
    *ZONE_JOBS,
    *INPUT_JOBS,
    *RECORD_JOBS,
    *COMMITMENT_JOBS,
    *BALANCE_JOBS,
    *ANNOUNCEMENT_JOBS,
    *MESSAGE_JOBS,
    *PEOPLE_JOBS,
    *DRAFT_JOBS,
    *MAIL_JOBS,
    *PUSH_JOBS,
    *RETENTION_JOBS,
    *ERASURE_JOBS,
    *REVIEW_JOBS,
    *CLEARANCE_JOBS,
    *PREPARED_JOBS,
    *ARRIVAL_JOBS,
)  # what the worker looks for every minute
LONG_JOBS: tuple[
    LongJob[Lease]
    | LongJob[FileLease]
    | LongJob[ArrivalLease]
    | LongJob[SliceLease[Import]]
    | LongJob[SliceLease[AgendaImport]]
    | LongJob[int]
    | LongJob[NotesLease]
    | LongJob[SliceLease[DecisionTask]]
    | LongJob[Batch]
    | LongJob[list[int]]
    | LongJob[Notice]
    | LongJob[tuple[int, datetime]]
    | LongJob[Taken],
    ...,
] = (
    *LIVE_LONG_JOBS,
    *PUSH_LONG_JOBS,
    *MESSAGE_LONG_JOBS,
    *DECISION_LONG_JOBS,
    *IMPORT_LONG_JOBS,
    *AGENDA_LONG_JOBS,
    *INVITATION_LONG_JOBS,
    *REVIEW_LONG_JOBS,
    *CLEARANCE_LONG_JOBS,
    *BALANCE_LONG_JOBS,
    *OUTLETS_LONG_JOBS,
    *PACKAGE_LONG_JOBS,
    *BADGE_LONG_JOBS,
    *PACKAGE_ARRIVAL_JOBS,
    *FILE_ARRIVAL_JOBS,
    *COPY_JOBS,
    *LIST_LONG_JOBS,
    *ATTENDANCE_LONG_JOBS,
    *OFFICIAL_LIST_LONG_JOBS,
    *SPEAKER_LONG_JOBS,
    *SIGN_UP_LONG_JOBS,
    *NOTES_LONG_JOBS,
    *NOTES_ARRIVAL_JOBS,
    *PRINT_LONG_JOBS,
    *PAPER_LONG_JOBS,
)


def create_app(config: Config | None = None) -> Flask:
    """The app for this configuration, or for the one in the environment, with its commands and its migrations."""
    app = eventapp.create_app(config)
    Migrate(app, db, directory=str(app.config["MIGRATIONS"]), render_as_batch=True)
    mailer.init_app(app)  # letters leave by a command only: the web server writes them down, and is smaller without
    for commands in COMMANDS:
        app.cli.add_command(commands.group)
    app.extensions["create_app"] = create_app
    app.extensions["jobs"] = JOBS
    app.extensions["long_jobs"] = LONG_JOBS
    return app
