from collections.abc import Callable
from datetime import timedelta
from functools import partial

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.ground.clock import now
from eventapp.ground.db import transaction
from eventapp.ground.text.policy import clean, fault_in
from eventapp.people.accounts.actions import disable, enable, end_administrator, make_administrator
from eventapp.people.accounts.first import first_link
from eventapp.people.actions import know
from eventapp.people.addresses import address_of, fault_in_address
from eventapp.people.models import Person
from eventapp.people.queries import person_at
from eventapp.people.second_factor.actions import reset
from eventapp.people.sign_in.actions import make_sign_in_link

MINUTES = click.IntRange(1, 60 * 24 * 7)

group = AppGroup("people", help="People and how they sign in.")


@group.command("sign-in-link")
@click.argument("email")
@click.option("--minutes", type=MINUTES, default=20, show_default=True, help="How long the link is good.")
@click.option("--next", "next_page", default="/", show_default=True, help="The page it leads to.")
def sign_in_link(email: str, minutes: int, next_page: str) -> None:
    """Print a link that signs this person in once."""
    person = known(email)
    with transaction():
        link = make_sign_in_link(person, at=now(), lasts=timedelta(minutes=minutes), next_page=next_page)
    click.echo(f"{current_app.config['BASE_URL']}/sign-in/{link}")


@group.command("make-administrator")
@click.argument("email")
@click.option("--name", default="Administrator", show_default=True)
def administrator(email: str, name: str) -> None:
    """Let this person act everywhere, and print a link to sign in with."""
    fault = fault_in_address(address_of(email)) or fault_in(name)
    if fault:
        raise click.ClickException(fault)
    with transaction():
        person = know(name, email, at=now())
        make_administrator(person, by=None, at=now())
        link = make_sign_in_link(person, at=now())
    click.echo(f"{current_app.config['BASE_URL']}/sign-in/{link}")


@group.command("first-link")
def first() -> None:
    """Print the link by which the first administrator begins; nothing where there is one."""
    link = first_link()
    if link:
        click.echo(f"{current_app.config['BASE_URL']}/first-administrator/{link}")


@group.command("end-administrator")
@click.argument("email")
def end_administrator_command(email: str) -> None:
    """Let this person act everywhere no more, and sign them out."""
    act_on(email, end_administrator, "{name} is no administrator any more, and is signed out everywhere.")


@group.command("disable")
@click.argument("email")
def disable_command(email: str) -> None:
    """Let this person sign in no more, and sign them out."""
    act_on(email, disable, "{name} is signed out everywhere and may not sign in.")


@group.command("enable")
@click.argument("email")
def enable_command(email: str) -> None:
    """Let this person sign in again."""
    act_on(email, enable, "{name} may sign in again.")


@group.command("reset-second-factor")
@click.argument("email")
@click.option("--reason", required=True, help="How you know that it is this person who asks; they read it.")
def reset_command(email: str, reason: str) -> None:
    """Take the passkeys and recovery codes of this person away, and sign them out."""
    fault = fault_in(clean(reason), most=500, lines=True)
    if fault or not clean(reason):
        raise click.ClickException(fault or "Write a reason.")
    done = "The passkeys and recovery codes of {name} are gone. A mailed link alone signs them in until they add one."
    act_on(email, partial(reset, reason=clean(reason)), done)


def act_on(email: str, act: Callable[..., None], done: str) -> None:
    person = known(email)
    with transaction():
        act(person, by=None, at=now())
    click.echo(done.format(name=person.name))


def known(email: str) -> Person:
    person = person_at(email)
    if person is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return person
