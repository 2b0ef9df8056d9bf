"""`./run bench [ROW …]`: builds the meetings, starts the server, measures, prints a table of all rows or of these.

Ends with 1 where a bound is missed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from flask import Flask
from flask_migrate import upgrade

from bench import figures
from bench.approving import approval_figures
from bench.big import KEPT, big_figures, build_big, is_built
from bench.browsing import browsing_figures
from bench.desk import desk_figures
from bench.door import door_figures
from bench.figures import Figure, at_most
from bench.importing import import_figures
from bench.letters import letter_figures
from bench.meanwhile import meanwhile_figures
from bench.messages import message_figures
from bench.noted import Editors, build_noted
from bench.people import Door
from bench.planning import late_figures, planner_figures
from bench.queries import query_figures
from bench.record import Rows, rows_of
from bench.registering import bare_figure, registering_figures, signed_in_figures
from bench.reports import all_figures as report_figures
from bench.searching import outcome_figures, search_figures
from bench.server import Server, free_port, serving, settings
from bench.suggestions import slowest
from bench.walked import walked_figures
from bench.whole.kills import main as kills
from bench.whole.load import main as held
from bench.world import PEOPLE, SMALL, Keys, agenda_slug, build
from eventapp.commands import create_app
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.ground.garbage import look_seldom
from eventapp.meetings.queries import meeting_at
from eventapp.record.sessions.queries import sessions_recorded

T = TypeVar("T")
STARTS = 3
NOTED = ("meanwhile", "notes", "capture", "compile", "editor", "coverage", "papers", "report")
ROWS = (
    "starts", "machine", "visit", "pages", "registrations", "signed-in", "desk", "scans", "memory", *NOTED, "badges", "letters", "queries", "suggestions", "search", "reports", "messages", "imports", "approvals", "planner", "late", "browser",
)  # fmt: skip


IN_THE_APP: dict[str, Callable[[datetime], Iterator[Figure]]] = {
    "reports": report_figures,
    "messages": message_figures,
    "letters": letter_figures,
    "imports": import_figures,
    "approvals": approval_figures,
    "late": late_figures,
}


@dataclass(frozen=True)
class Site:
    """What is measured: where it lives, and what lets somebody in."""

    folder: Path
    port: int
    keys: Keys
    editors: Editors | None


WHOLE: dict[str, Callable[[list[str]], int]] = {"held": held, "kills": kills}


def main() -> None:
    rows = sys.argv[1:] or list(ROWS)
    if rows[0] in WHOLE:
        sys.exit(WHOLE[rows[0]](rows[1:]))
    if unknown := set(rows) - {*ROWS, "big"}:
        sys.exit(
            f"bench: there is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}, and {', '.join(('big', *WHOLE))} alone"
        )
    if "big" in rows:
        ended_with(told(big()))
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder, port = Path(name), free_port()
        os.environ.update(settings(folder, port))
        app = create_app()
        say("building two agendas and a crowd of 3,000 …")
        keys = built(app, build)
        if set(rows) & set(NOTED):
            say("building meetings with 12,000 notes and two reports …")
        editors = built(app, build_noted) if set(rows) & set(NOTED) else None
        look_seldom()  # as commands.py does: what the worker does is measured in this process
        site = Site(folder, port, keys, editors)
        ended_with(told(measured(rows, app, site)))


def ended_with(lines: Iterator[Figure]) -> NoReturn:
    """End with 1 where a bound is missed."""
    missed = [figure for figure in lines if not figure.holds]
    sys.exit(1 if missed else 0)


def big() -> Iterator[Figure]:
    """The row of the large installation, which is kept between runs."""
    is_there = is_built()
    if not is_there:
        shutil.rmtree(KEPT, ignore_errors=True)
        KEPT.mkdir(parents=True)
    port = free_port()
    os.environ.update(settings(KEPT, port))
    app = create_app()
    if not is_there:
        say("building 200 meetings, one of 20,000 registrations, 2,500 sessions and 20,800 notes …")
        built(app, build_big)
    look_seldom()  # as wsgi.py does
    yield from big_figures(app)
    yield from walked_figures(app, KEPT, port)


def built(app: Flask, build: Callable[[datetime], T]) -> T:
    with app.app_context():
        upgrade()
        made = build(now())
        db.session.remove()
        db.engine.dispose()
    return made


def measured(rows: list[str], app: Flask, site: Site) -> Iterator[Figure]:
    folder, port = site.folder, site.port
    if "starts" in rows:
        yield figures.cold_start([seconds_to_start(folder, port) for _start in range(STARTS)])
    with serving(settings(folder, port), port) as server:
        for row, figures_of in on_a_server(app, site, server).items():
            if row in rows:
                yield from figures_of()
    if "badges" in rows:
        yield from badge_figures(folder, port)
    if "queries" in rows:
        yield from query_figures(app)
    if "suggestions" in rows:
        yield at_most("suggestions for a text, 95th percentile", slowest(), 5, "ms")
    for row, in_the_app in IN_THE_APP.items():
        if row in rows:
            with app.app_context():
                yield from in_the_app(now())
    if "search" in rows:
        with app.app_context():
            meeting = meeting_at(agenda_slug(SMALL))
            assert meeting is not None
            yield from search_figures(meeting, sessions_recorded(meeting)[0])
            yield from outcome_figures(now())


def on_a_server(app: Flask, site: Site, server: Server) -> Rows:
    """The rows that need a running server, in their order."""
    door = Door(site.keys)
    return {
        "machine": lambda: iter([bare_figure(server)]),
        "visit": lambda: figures.first_visit(server),
        "pages": lambda: figures.page_figures(server),
        "registrations": lambda: registering_figures(app, server, settings(site.folder, site.port)),
        "signed-in": lambda: signed_in_figures(server, door),
        "desk": lambda: desk_figures(app, server),
        "planner": lambda: planner_figures(app, server),
        "browser": lambda: browsing_figures(app, server),
        "scans": lambda: door_figures(server, door),
        "memory": lambda: figures.memory(server),
        "meanwhile": lambda: meanwhile_figures(server, door, settings(site.folder, site.port)),
        **(rows_of(app, server, site.editors, settings(site.folder, site.port)) if site.editors else {}),
    }


def seconds_to_start(folder: Path, port: int) -> float:
    with serving(settings(folder, port), port) as server:
        return server.seconds_to_first_answer


def badges(many: int, folder: Path, port: int, *measure: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.badges", str(many), *measure]
    said = subprocess.run(command, env=settings(folder, port), capture_output=True, text=True, check=True).stdout
    batch: dict[str, float] = json.loads(said.splitlines()[-1])
    return batch


def badge_figures(folder: Path, port: int) -> Iterator[Figure]:
    for many, seconds, rounds in ((100, 0.7, STARTS), (3000, 8.0, 1)):
        batch = sorted((badges(many, folder, port) for _round in range(rounds)), key=lambda one: one["seconds"])[
            rounds // 2
        ]
        yield at_most(f"{batch['many']:,} badges with QR", batch["seconds"], seconds, "s")
        if many == 3000:
            yield at_most("  their file", batch["megabytes"], 10, "MB")
            yield at_most("  memory, at the most, of the press", batch["press"], 250, "MB")
            yield at_most("  and of the process that asks it", batch["own"], 250, "MB")
            yield at_most("  and of all of them at once", badges(many, folder, port, "together")["together"], 250, "MB")
    yield from photographed(folder, port)


def photographed(folder: Path, port: int) -> Iterator[Figure]:
    """The same of everybody, with photographs, which are sent for it."""
    command = [sys.executable, "-m", "bench.badges", "photographs"]
    subprocess.run(command, env=settings(folder, port), check=True)
    batch = badges(PEOPLE, folder, port, "photographs")
    yield at_most(f"{batch['many']:,} badges with photographs", batch["seconds"], 20, "s")
    yield at_most("  their file", batch["megabytes"], 40, "MB")
    held = badges(PEOPLE, folder, port, "photographs", "together")["together"]
    yield at_most("  memory, of all processes at once", held, 400, "MB")


def told(lines: Iterator[Figure]) -> Iterator[Figure]:
    """Print each figure as soon as it is known."""
    started = time.monotonic()
    print(f"\n{'figure':<58}{'measured':<38}{'bound':<14}\n{'-' * 116}")
    for figure in lines:
        mark = "" if figure.holds else "  MISSED"
        print(f"{figure.name:<58}{figure.value:<38}{figure.bound:<14}{mark}", flush=True)
        yield figure
    print(f"{'-' * 116}\n{time.monotonic() - started:.0f} s; see docs/bench.md for what each figure is")


def say(words: str) -> None:
    print(f"bench: {words}", flush=True)


if __name__ == "__main__":
    main()
