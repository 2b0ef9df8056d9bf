"""Read the facts that ship with the application; each file says in `about` where they come from."""

import json
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the presses read these facts too, and need no database for it
    from eventapp.ground.db.types import Record


def rows(name: str) -> "list[Record]":
    """Return the rows of one shipped file, in their order of presentation."""
    text = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    found: list[Record] = json.loads(text)["rows"]
    return found
