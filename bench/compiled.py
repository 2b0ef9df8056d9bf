"""How long a report takes to be compiled, and what that holds: `python -m bench.compiled SLUG`, a process of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.badges import held_at_most
from bench.figures import Figure, at_most, growth
from bench.held import longest_lock
from bench.noted import COMPILED, DRAFT, compiled_slug
from eventapp import create_app
from eventapp.ground.clock import now
from eventapp.ground.db import db
from eventapp.meetings.queries import meeting_at
from eventapp.review.compilation.actions import start_report
from eventapp.review.publishing.actions import publish

LOCK = 200  # milliseconds, whatever the size


def compile_figures(environment: dict[str, str]) -> Iterator[Figure]:
    """Reports of 1,000 and of 10,000 cleared notes, made from nothing: seconds of the processor, memory, write locks."""
    times = []
    for many, bound in zip(COMPILED, (5, 60), strict=True):
        command = [sys.executable, "-m", "bench.compiled", compiled_slug(many)]
        printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        found = json.loads(printed.splitlines()[-1])
        times.append(found["seconds"])
        yield at_most(f"compile, {many:,} notes", found["seconds"], bound, "s")
        yield at_most("  memory, at the most", found["megabytes"], 300, "MB")
        yield at_most("  longest write lock of compiling", found["compiling"], LOCK, "ms")
        yield at_most("  longest write lock of publishing", found["publishing"], LOCK, "ms")
    yield growth("compile", *times)


def main(slug: str) -> None:
    with create_app().app_context():
        meeting = meeting_at(slug)
        assert meeting is not None
        began = time.process_time()
        with longest_lock(db.engine) as compiling:
            report = start_report(meeting, DRAFT, by=None, at=now())
        found = {"seconds": time.process_time() - began, "megabytes": held_at_most()}
        with longest_lock(db.engine) as publishing:
            publish(report, by=None, at=now())
        print(json.dumps({**found, "compiling": compiling.milliseconds, "publishing": publishing.milliseconds}))


if __name__ == "__main__":
    main(sys.argv[1])
