"""docs/commands.md: every command of the application, in its own words."""

from collections.abc import Iterator

import click
from flask import Flask

HEAD = """\
# The commands

Made by `./run fix` from the commands themselves; do not edit. Each is called by `./run flask GROUP COMMAND`, or by
`flask GROUP COMMAND` inside the project's environment. A refusal or a fault is one line on standard error, and the
exit code is 1.
"""


def page(app: Flask) -> str:
    """Every group with its commands, arguments and options, as Markdown."""
    groups = (group for name, group in sorted(app.cli.commands.items()) if isinstance(group, click.Group))
    return "\n".join([HEAD, *(line for group in groups for line in lines_of(group))])


def lines_of(group: click.Group) -> Iterator[str]:
    commands = [command for _name, command in sorted(group.commands.items()) if is_ours(command)]
    if commands:
        yield f"## flask {group.name}\n"
        yield f"{group.help}\n"
        for command in commands:
            yield from lines_of_command(group, command)


def is_ours(command: click.Command) -> bool:
    """Whether the command is one of this application, not one of its libraries."""
    inner = getattr(command.callback, "__wrapped__", command.callback)
    return str(getattr(inner, "__module__", "")).startswith("eventapp.")


def lines_of_command(group: click.Group, command: click.Command) -> Iterator[str]:
    arguments = " ".join(shown(one) for one in command.params if isinstance(one, click.Argument))
    options = [one for one in command.params if isinstance(one, click.Option)]
    called = f"flask {group.name} {command.name} {arguments}".strip() + (" [OPTIONS]" if options else "")
    yield f"### `{called}`\n"
    yield " ".join((command.help or "").replace("\b", "").split()) + "\n"
    for option in options:
        yield f"- `{' '.join([*option.opts, *value_of(option)])}`{f': {option.help}' if option.help else ''}"
    if options:
        yield ""


def shown(argument: click.Argument) -> str:
    name = (argument.metavar or argument.name or "").upper()
    return name if argument.required else f"[{name}]"


def value_of(option: click.Option) -> list[str]:
    if option.is_flag or option.count:
        return []
    if isinstance(option.type, click.Choice):
        return ["|".join(str(choice) for choice in option.type.choices)]
    return [(option.metavar or option.type.name).upper()]
