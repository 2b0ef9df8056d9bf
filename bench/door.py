"""Readings at the door as the page's module sends them, and the page itself: CPU of the server and readings a second."""

from collections.abc import Iterator

from bench.figures import Figure, at_most, told
from bench.load import Browser
from bench.people import SECONDS, Door, acts_a_second
from bench.registering import spent
from bench.server import Server
from bench.world import CROWDED

ROUNDS, PAGES, WARM = 7, 100, 20
READING, PAGE, A_SECOND = 2.2, 5.0, 450  # ms of CPU, ms of CPU, readings of eight clients
LIST = 40.0  # ms of CPU for 500 sealed lines


def door_figures(server: Server, door: Door) -> Iterator[Figure]:
    """What a reading costs with one client and with eight, how many there are a second, and what the page costs."""
    door.sign_in(Browser(server.port))
    for clients in (1, 8):
        rounds = sorted(readings(server, door, clients) for _round in range(ROUNDS))
        rate, cost = rounds[ROUNDS // 2]
        name = f"reading at the door, {told(clients)}"
        yield at_most(f"{name}, CPU", cost, READING, "ms")
        bound = A_SECOND if clients > 1 else 0
        yield Figure(name, f"{rate:,.0f}/s", f"≥ {bound}/s" if bound else "", rate >= bound)
    yield at_most("door page, CPU", cost_of(server, door, f"door?gate={door.keys.gate}"), PAGE, "ms")
    yield at_most("500 lines of the door's list, CPU", cost_of(server, door, "door/list/0"), LIST, "ms")


def readings(server: Server, door: Door, clients: int) -> tuple[float, float]:
    """Readings a second, and the milliseconds of CPU that the server spends on each."""
    before = spent(server)
    rate = acts_a_second(server.port, door.scan, clients=clients, prepare=door.enter)
    return rate, (spent(server) - before) / (rate * SECONDS) * 1000


def cost_of(server: Server, door: Door, what: str) -> float:
    """The milliseconds of CPU that the server spends on one page of the door, or of the list that a phone fetches."""
    browser, path = Browser(server.port), f"/meetings/{CROWDED}/{what}"
    door.enter(browser)
    for _warm in range(WARM):
        browser.get(path)
    before = spent(server)
    for _page in range(PAGES):
        browser.get(path)
    return (spent(server) - before) / PAGES * 1000
