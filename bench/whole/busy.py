"""People who work on while everything is killed around them: each thing is sent until it is acknowledged."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from threading import Event, Thread

from bench.people import hidden
from bench.whole import acts
from bench.whole.ledger import Ledger
from bench.whole.site import Site
from bench.whole.tally import Device, Tally

REGISTERING, SCANNING, WRITING = 4, 2, 2  # clients
PATIENCE = 60  # seconds for the last thing of each
Act = Callable[[], None]


class Busy:
    """Who registers, who reads badges and who writes notes; staff have signed in before anything is killed."""

    def __init__(self, site: Site, ledger: Ledger) -> None:
        self.site, self.ledger = site, ledger
        self.over, self.tally, self.numbers = Event(), Tally(), count(1)
        self.steward = Device(site.server.port, self.tally)
        self.token = acts.sign_in(self.steward, site.world.door.steward_link)

    def acts(self) -> Iterator[Act]:
        """What each client does again and again."""
        for _client in range(REGISTERING):
            yield partial(self.register, Device(self.site.server.port, self.tally))
        for _client in range(SCANNING):
            device = Device(self.site.server.port, self.tally)
            device.cookies = dict(self.steward.cookies)
            yield partial(self.scan, device)
        for number, link in enumerate(self.site.world.rapporteurs[:WRITING], start=1):
            rapporteur = Device(self.site.server.port, self.tally)
            token = acts.sign_in(rapporteur, link)
            yield partial(self.write, rapporteur, token, f"S{number}")

    def register(self, device: Device) -> None:
        number = next(self.numbers) + 1_000_000
        page = self.ledger.until(lambda: acts.form_of(device), lambda page: bool(hidden(page, "csrf_token")))
        if page is not None:
            send = partial(acts.send_form, device, page, number)
            self.ledger.ask("registrations", f"ada{number}@example.org", send, 303)

    def scan(self, device: Device) -> None:
        key, codes = next(self.numbers), self.site.world.door.codes
        gate, code, name = self.site.world.gates[key % 2], codes[key * 31 % len(codes)], f"reading-{key:09d}"
        self.ledger.ask("readings", name, partial(acts.scan, device, self.token, gate, code, name), 200)

    def write(self, device: Device, token: str, session: str) -> None:
        key = f"note-{next(self.numbers):09d}"
        self.ledger.ask("notes", key, partial(acts.save_note, device, token, session, key), 201)

    def go_on(self, act: Act) -> None:
        while not self.over.is_set() and not self.ledger.given_up.is_set():
            act()


@contextmanager
def working(site: Site, ledger: Ledger) -> Iterator[None]:
    """All of them, until this ends; at the end each is told what became of the last thing."""
    busy = Busy(site, ledger)
    threads = [Thread(target=busy.go_on, args=(act,), daemon=True) for act in busy.acts()]
    for thread in threads:
        thread.start()
    try:
        yield
    except BaseException:
        ledger.given_up.set()
        raise
    finally:
        busy.over.set()
        for thread in threads:
            thread.join(PATIENCE)
    if any(thread.is_alive() for thread in threads):
        raise AssertionError("a client still waits for its answer")
