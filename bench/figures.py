"""The figures, each with what it must be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.load import Browser, pages_a_second
from bench.server import BARE, Server
from bench.world import LARGE, SMALL, agenda_slug

SMALLER = {"Accept-Encoding": "br, gzip"}
WARM = "warming up"
ROUNDS = 3
GROWTH = 12  # ten times the notes, and a fifth for what the memory of a machine is slower at


@dataclass(frozen=True)
class Figure:
    """One line of the table: what, how much, and the bound it is held to ('' for none)."""

    name: str
    value: str
    bound: str = ""
    holds: bool = True


def at_least(name: str, ours: float, bare: float, bound: float) -> Figure:
    """A ratio of two rates of this run."""
    ratio = ours / bare
    return Figure(name, f"{ratio:.2f}   ({ours:,.0f}/s : {bare:,.0f}/s)", f"≥ {bound}", ratio >= bound)


def rate_of_at_least(name: str, rate: float, bound: float) -> Figure:
    """So many of them in a second."""
    return Figure(name, f"{rate:,.0f}/s", f"≥ {bound:,g}/s", rate >= bound)


def at_most(name: str, value: float, bound: float, unit: str) -> Figure:
    return Figure(name, f"{value:,.2f} {unit}", f"≤ {bound:,g} {unit}", value <= bound)


def growth(name: str, few: float, many: float) -> Figure:
    """Ten times as much takes no more than ten times as long, and a fifth."""
    told = f"{many / few:.1f} times"
    return Figure(f"{name}, what ten times the notes cost", told, f"≤ {GROWTH} times", many <= GROWTH * few)


def page_figures(server: Server) -> Iterator[Figure]:
    """Agenda, calendar and JSON against a constant page of the same size; unchanged ones against that page too."""
    for sessions in (SMALL, LARGE):
        for ending, view in (("", "list view"), (".ics", "calendar"), (".json", "JSON")):
            path = f"/meetings/{agenda_slug(sessions)}/agenda{ending}"
            name = f"{view}, {sessions:,} sessions"
            answer = Browser(server.port).get(path, Accept_Encoding="br, gzip")
            bare = f"{BARE}/page/{len(answer.body)}"
            yield ratio(server, f"{name} ({len(answer.body) / 1000:.0f} kB)", path, bare, headers=SMALLER, bound=0.7)
            if sessions == SMALL and ending != ".json":
                known = {**SMALLER, "If-None-Match": answer.header("etag")}
                yield ratio(server, f"{view}, unchanged: 304", path, bare, headers=known, bound=0.9, expect=304)
        if sessions == SMALL:
            yield from memory(server, WARM)


def ratio(
    server: Server, name: str, path: str, bare: str, *, headers: dict[str, str], bound: float, expect: int = 200
) -> Figure:
    """The median of a few rounds, each with the bare route right beside it: a noisy machine is noisy for both."""
    rounds = [
        (pages_a_second(server.port, path, headers, expect=expect), pages_a_second(server.port, bare, {}))
        for _round in range(ROUNDS)
    ]
    ours, bare_rate = sorted(rounds, key=lambda pair: pair[0] / pair[1])[ROUNDS // 2]
    return at_least(name, ours, bare_rate, bound)


def told(clients: int) -> str:
    return "1 client" if clients == 1 else f"{clients} clients"


def first_visit(server: Server) -> Iterator[Figure]:
    """Everything a browser fetches for a visitor's first agenda, compressed, headers included."""
    browser, fetched = Browser(server.port), dict[str, int]()
    wanted = [f"/meetings/{agenda_slug(SMALL)}/agenda"]
    while wanted:
        path = wanted.pop()
        if path in fetched:
            continue
        answer = browser.get(path, Accept_Encoding="br, gzip")
        fetched[path] = answer.size
        wanted += parts_of(path, browser.get(path, Accept_Encoding="identity").body.decode(errors="replace"))
    name = f"first visit to the agenda, {len(fetched)} files"
    yield at_most(name, sum(fetched.values()) / 1000, 50, "kB")


def parts_of(path: str, text: str) -> list[str]:
    """What this page or style sheet makes a browser fetch by itself."""
    found = re.findall(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/[^"]+)"', text) if "<html" in text else []
    found = [one for one in found if one.startswith("/static/")]
    if ".css" in path:
        found += re.findall(r"(?:url\(|@import )[\"']?(/[^\"')]+)", text)
    if ".js" in path:
        found += re.findall(r"""^import\b[^"']*["'](/[^"']+)""", text, re.MULTILINE)
    return [one.replace("&amp;", "&") for one in found]


def memory(server: Server, after: str = "all of this") -> Iterator[Figure]:
    """What the largest worker holds now; bounded after warming up, told after everything."""
    held = server.worker_megabytes()
    if held:
        name = f"memory of a worker after {after} ({len(held)} workers)"
        yield at_most(name, max(held), 110, "MB") if after == WARM else Figure(name, f"{max(held):.2f} MB")


def cold_start(seconds: list[float]) -> Figure:
    return at_most("cold start, until the first answer", median(seconds), 1.2, "s")
