from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from eventapp.clock import now
from eventapp.db import transaction
from eventapp.people.actions import know, make_administrator, make_sign_in_link
from eventapp.people.addresses import address_of, fault_in_address
from eventapp.people.queries import person_at
from eventapp.text import fault_in

MINUTES = click.IntRange(1, 60 * 24 * 7)

group = AppGroup("people", help="People and how they sign in.")


@group.command("sign-in-link")
@click.argument("email")
@click.option("--minutes", type=MINUTES, default=20, show_default=True, help="How long the link is good.")
@click.option("--next", "next_page", default="/", show_default=True, help="The page it leads to.")
def sign_in_link(email: str, minutes: int, next_page: str) -> None:
    """Print a link that signs this person in once."""
    person = person_at(email)
    if person is None:
        raise click.ClickException(f"Nobody has the address {email}.")
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
