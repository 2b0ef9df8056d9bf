"""The record and the review: saving, opening, compiling, counting, setting, reading; each with what it must be."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import event

from bench.compiled import compile_figures
from bench.figures import SMALLER, Figure, at_most, growth, ratio
from bench.load import Answer, Browser
from bench.noted import COMPILED, DRAFT, EDITED, EDITOR, FEW, LONG, MANY, RECORD, WRITERS, Editors, compiled_slug
from bench.people import acts_a_second, hidden
from bench.registering import TIMES, WARM, cpu
from bench.server import BARE, Server
from eventapp.ground.db import db

ROUNDS = 5


class Desk:
    """The editor at a device, signed in once: a link works once."""

    def __init__(self, editors: Editors, server: Server) -> None:
        self.server = server
        browser, path = Browser(server.port), f"/sign-in/{editors.link}"
        browser.post(path, urlencode({"csrf_token": token(browser.get(path))}).encode())
        self.token = token(browser.get(f"/meetings/{RECORD}/record/W0"))
        self.cookies = dict(browser.cookies)

    def seated(self) -> Browser:
        browser = Browser(self.server.port)
        self.enter(browser)
        return browser

    def enter(self, browser: Browser) -> None:
        browser.cookies.update(self.cookies)

    def save(self, browser: Browser, number: int) -> Answer:
        """One note, as the page's module sends it; each writer in a session of their own."""
        said = {
            "csrf_token": self.token, "key": f"note-{number}", "kind": "trend", "ceiling": "organization", "support": "",
            "text": f"Community radio number {number} reaches farmers before any portal does.", "action_lines": "C2",
            "goals": "9", "speaker": "Samira Haddad", "language": "en",
        }  # fmt: skip
        session = f"/meetings/{RECORD}/record/W{number // 10_000_000 % WRITERS}"
        answer = browser.post(session, urlencode(said).encode(), X_Fetched_By="draft-form")
        return Answer(200, answer.head, answer.body) if answer.status == 201 else answer


def token(answer: Answer) -> str:
    return hidden(answer.body.decode(), "csrf_token")


def note_figures(desk: Desk) -> Iterator[Figure]:
    """What the server spends on a note, and how many notes eight writers save in a second."""
    browser = desk.seated()
    acts = [partial(desk.save, browser, number) for number in range(TIMES)]
    for act in acts[:WARM]:
        act()
    yield cpu(desk.server, "saving a note", 10, acts[WARM:])
    rate = acts_a_second(desk.server.port, desk.save, clients=WRITERS, prepare=desk.enter)
    yield Figure(f"notes saved, {WRITERS} writers", f"{rate:,.0f}/s")


def capture_figures(app: Flask, desk: Desk) -> Iterator[Figure]:
    """The capture page of a session with few notes and of one with many."""
    few, many = (f"/meetings/{RECORD}/record/{code}" for code in ("FEW", "MANY"))
    yield at_most(f"capture page, {MANY} notes, until it is there", opening(desk, many), 500, "ms")
    yield same_queries(app, desk, f"capture page: {FEW} and {MANY} notes", few, many)


def editor_figures(app: Flask, desk: Desk) -> Iterator[Figure]:
    """The editor at 400 paragraphs."""
    path = f"/meetings/{EDITOR}/review/reports/{DRAFT.name}"
    yield at_most(f"editor, {EDITED} notes, until it is there", opening(desk, path), 1500, "ms")
    yield same_queries(app, desk, "editor: 400 and 1,100 notes", path, path.replace(EDITOR, LONG), more=2)


def coverage_figures(app: Flask, desk: Desk) -> Iterator[Figure]:
    """The table of action lines and goals, of a few notes and of many."""
    few, many = (f"/meetings/{compiled_slug(notes)}/review/coverage" for notes in COMPILED)
    times = [opening(desk, path) / 1000 for path in (few, many)]
    yield at_most(f"coverage, {COMPILED[0]:,} notes", times[0], 5, "s")
    yield at_most(f"coverage, {COMPILED[1]:,} notes", times[1], 5, "s")
    yield growth("coverage", *times)
    yield at_most(f"  {COMPILED[1]:,} notes, and nothing new", looking(desk, many), 500, "ms")
    yield same_queries(app, desk, "coverage: 1,000 and 10,000 notes", few, many)


def looking(desk: Desk, path: str) -> float:
    """How long a page that keeps itself fresh waits to hear that nothing is new."""
    mark = desk.seated().get(path, X_Fetched_By="live-coverage").header("etag")
    return opening(desk, path, 304, X_Fetched_By="live-coverage", If_None_Match=mark)


def opening(desk: Desk, path: str, expect: int = 200, **headers: str) -> float:
    """Milliseconds from the request to the last byte, the fastest of a few: what else the machine does only adds."""
    browser, times = desk.seated(), []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        answer = browser.get(path, Accept_Encoding="br, gzip", **headers)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status != expect:
            raise AssertionError(f"{path} answers {answer.status}")
    return min(times)


def same_queries(app: Flask, desk: Desk, name: str, *paths: str, more: int = 0) -> Figure:
    """How many SQL queries a page costs: as many for much as for little, but for `more` where rows come by the 500."""
    counted: list[int] = []

    def count(*_args: object) -> None:
        counted[-1] += 1

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count)
    browser = app.test_client()
    for cookie, value in desk.cookies.items():
        browser.set_cookie(cookie, value, domain="127.0.0.1")
    for path in paths:
        counted.append(0)
        answer = browser.get(path, base_url=desk.server.address)
        if answer.status_code != 200:
            raise AssertionError(f"{path} answers {answer.status_code}")
    with app.app_context():
        event.remove(db.engine, "before_cursor_execute", count)
    few, many = counted
    return Figure(f"SQL queries, {name}", f"{few} and {many}", f"same + {more}" if more else "same", many - few <= more)


def paper_figures(environment: dict[str, str]) -> Iterator[Figure]:
    """The report of 100 pages as files, and the package of its meeting."""
    for ending, seconds in (("pdf", 30.0), ("docx", 30.0), ("zip", 60.0)):
        command = [sys.executable, "-m", "bench.papers", ending]
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
        paper = json.loads(said.splitlines()[-1])
        names = {
            "pdf": f"report as PDF, {paper['pages']} pages",
            "docx": "report as DOCX, the same report",
            "zip": "package of its meeting",
        }
        yield at_most(f"{names[ending]} ({paper['megabytes']:.1f} MB)", paper["seconds"], seconds, "s")
        if paper["press"]:
            yield at_most("  memory, at the most, of the press", paper["press"], 400, "MB")
        yield at_most("  and of the process that asks it", paper["own"], 250, "MB")


def report_figures(server: Server) -> Iterator[Figure]:
    """The published page of a report, as a visitor's browser asks for it, against a constant page of its size."""
    for slug, what in ((EDITOR, "400 notes"), (LONG, "100 pages")):
        path = f"/meetings/{slug}/reports/{DRAFT.name}"
        answer = Browser(server.port).get(path, Accept_Encoding="br, gzip")
        bare = f"{BARE}/page/{len(answer.body)}"
        name = f"published report, {what} ({len(answer.body) / 1000:.0f} kB)"
        yield ratio(server, name, path, bare, headers=SMALLER, bound=0.7)
        known = {**SMALLER, "If-None-Match": answer.header("etag")}
        yield ratio(server, "  unchanged: 304", path, bare, headers=known, bound=0.7, expect=304)


Rows = dict[str, Callable[[], Iterator[Figure]]]


def rows_of(app: Flask, server: Server, editors: Editors, environment: dict[str, str]) -> Rows:
    """The rows of this file by name; the editor sits down when the first of them is asked for."""
    desks: list[Desk] = []

    def desk() -> Desk:
        if not desks:
            desks.append(Desk(editors, server))
        return desks[0]

    return {
        "notes": lambda: note_figures(desk()),
        "capture": lambda: capture_figures(app, desk()),
        "compile": lambda: compile_figures(environment),
        "editor": lambda: editor_figures(app, desk()),
        "coverage": lambda: coverage_figures(app, desk()),
        "papers": lambda: paper_figures(environment),
        "report": lambda: report_figures(server),
    }
