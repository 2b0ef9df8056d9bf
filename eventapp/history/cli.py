import click
from flask.cli import AppGroup

from eventapp.history.chain import against, verify

group = AppGroup("history", help="Who did what, when.")


@group.command("verify")
def check() -> None:
    """Walk the chain of history; say which line was changed or is missing, and end with 1 if one was."""
    faults = verify()
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo("Every line of history is in its place.")


@group.command("check-anchor")
@click.argument("number", type=click.IntRange(1, 2**31 - 1))
@click.argument("seal")
def check_anchor(number: int, seal: str) -> None:
    """Compare line NUMBER and its SEAL, as a report or a backup has them, with the history; end with 1 if not alike."""
    faults = [fault for fault in (against(number, "".join(seal.split())), *verify()) if fault]
    for fault in faults:
        click.echo(fault)
    if faults:
        raise SystemExit(1)
    click.echo(f"Line {number} is as it was printed, and every line of history is in its place.")
