"""Read the facts that ship with the application; each file says in `about` where they come from."""

import json
from importlib.resources import files
from typing import Any


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of one shipped file, in their order of presentation."""
    text = files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = json.loads(text)["rows"]
    return found
