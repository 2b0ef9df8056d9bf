import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click
from flask import current_app, url_for
from flask.cli import AppGroup
from flask_migrate import upgrade

from eventapp.delegations.register.actions import link_shipped
from eventapp.demo.actions import SLUG, clear, load_bangkok
from eventapp.demo.queries import is_new, next_moment
from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.refusal import Refused
from eventapp.meetings.queries import meeting_at
from eventapp.people.accounts.actions import make_administrator
from eventapp.people.actions import know
from eventapp.people.queries import person_at
from eventapp.people.sign_in.actions import make_sign_in_link

group = AppGroup("demo", help="The Bangkok meeting with its illustrative people.")

LINKS_LAST = timedelta(hours=12)
# Who comes, by which address, to which page.
DOORS = (
    ("organizer", "achara.wongsakul@example.org", "desk.show"),
    ("rapporteur", "ji-won.kim@example.org", "record.index"),
    ("door steward", "niran.chaiyasit@example.org", "checkin.show"),
    ("participant", "farzana.rahman@example.org", "home.mine"),
    ("administrator", "preeda.sombat@example.org", "home.meetings"),
)


@group.command("open")
@click.option("--own-clock", is_flag=True, help="Leave the clock where CLOCK_OFFSET puts it.")
def open_demo(*, own_clock: bool) -> None:
    """Bring the database up to date, load the meeting into a new one, set the clock, print who can sign in."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()
    if is_new():
        click.echo("Loading the Bangkok meeting, 4 October 2016 …")
        load_bangkok()
        if current_app.config["DEVELOPMENT"]:  # elsewhere nobody may act everywhere because of a demonstration
            at = next_moment()
            with transaction():
                somebody = know("Preeda Sombat", DOORS[-1][1], at=at)
                make_administrator(somebody, by=None, at=at)
                link_shipped(by=somebody, at=at)  # as an administrator does once on an installation that is used
    if not own_clock:
        set_clock()
    for line in links():
        click.echo(line)


@group.command("bangkok")
def bangkok() -> None:
    """Load the Bangkok meeting and let its day happen."""
    try:
        load_bangkok()
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("The Bangkok meeting is there, with its illustrative people.")


@group.command("clear")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def clear_demo(*, yes: bool) -> None:
    """Leave of the Bangkok meeting only what its file says. At a terminal it asks first."""
    if not yes and sys.stdin.isatty():
        ask_first()
    try:
        with transaction():
            clear(at=now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo("Of the Bangkok meeting there is only what its file says.")


@group.command("links")
def print_links() -> None:
    """Print a link to sign in with for each kind of user."""
    for line in links():
        click.echo(line)


def ask_first() -> None:
    """Go on after "yes" and after nothing else."""
    click.echo("Registrations, notes, reports, badges and letters of the Bangkok meeting are deleted for good.")
    if click.prompt("Write yes to go on", default="no", show_default=False).strip().lower() != "yes":
        raise click.ClickException("Nothing was deleted.")


def set_clock() -> None:
    """Move the clock of this and of every later process to where the meeting goes on: it says so in DATA_DIR/clock."""
    real = now() - current_app.config["CLOCK_OFFSET"]
    offset = timedelta(seconds=int((next_moment() - real).total_seconds()) + 1)
    current_app.config["CLOCK_OFFSET"] = offset
    Path(current_app.config["DATA_DIR"], "clock").write_text(str(int(offset.total_seconds())))


def links() -> Iterator[str]:
    """One line for each kind of user whom the database knows."""
    meeting = meeting_at(SLUG)
    if meeting is None:
        return
    for kind, address, endpoint in DOORS:
        person = person_at(address)
        if person is None:
            continue
        with transaction():
            link = make_sign_in_link(person, at=now(), lasts=LINKS_LAST, next_page=page(endpoint))
        yield f"  {kind:<13} {current_app.config['BASE_URL']}/sign-in/{link}   {person.name}"


def page(endpoint: str) -> str:
    """The address of a page, or of one of the meeting; the front page where this app has no such page."""
    with current_app.test_request_context():
        if endpoint not in current_app.view_functions:
            return "/"
        needs_meeting = current_app.url_map.is_endpoint_expecting(endpoint, "slug")
        return url_for(endpoint, slug=SLUG) if needs_meeting else url_for(endpoint)
