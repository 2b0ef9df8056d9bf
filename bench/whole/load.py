"""`./run bench held`: a meeting under the load of its busiest minutes, held for as long as you say."""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from math import ceil
from pathlib import Path
from random import Random
from threading import Event, Thread

from bench.load import Browser
from bench.registering import spent
from bench.whole import acts
from bench.whole.site import DATABASES, Site, whole
from bench.whole.tally import Device, Kind, Tally, is_told_only

BOUND = 500  # ms, at the 95th percentile
REGISTRATIONS = 5.0  # a second: 3,000 in ten minutes
REGISTERING, READERS, GATES = 60, 200, 8  # clients; eight devices at two gates
READING_EVERY, STAFF_EVERY = 10.0, 5.0  # seconds between two pages of one reader, and of one organizer or rapporteur
SCANS = 20.0  # a second, both gates together
DONE = 0.95  # of what was to be done in the time
Act = Callable[[], None]


class Role:
    """One client who does the same thing again and again, at its own moments whether or not the server keeps up."""

    def __init__(self, every: float, act: Act, chance: Random) -> None:
        self.every, self.act = every, act
        self.first = chance.random() * every
        self.done = 0
        self.faults: list[str] = []

    def go_on(self, began: float, seconds: float, over: Event) -> None:
        """Until the time is over. What fails is counted where it was asked, and here in words."""
        due = began + self.first
        while due < began + seconds and not over.is_set():
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                self.act()
                self.done += 1
            except (OSError, AssertionError, TimeoutError) as fault:
                self.faults.append(f"{type(fault).__name__}: {str(fault)[:120]}")
            due += self.every

    def wanted(self, seconds: float) -> int:
        return max(0, ceil((seconds - self.first) / self.every))


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench held", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--database", choices=DATABASES, help="only this one; both in turn where it is left out")
    chosen = parser.parse_args(words)
    results = [held(one, chosen.minutes * 60) for one in ([chosen.database] if chosen.database else DATABASES)]
    return 0 if all(results) else 1


def held(database: str, seconds: float) -> bool:
    """Hold the load on this database, print the table. Returns whether every bound was kept."""
    print(f"\nbench: building the meeting on {database} …", flush=True)
    with whole(database) as site:
        tally, warm = Tally(), Tally()
        roles = list(everybody(site, tally, warm))
        print(f"bench: {seconds / 60:g} minutes with {len(roles)} clients on {os.cpu_count()} cores …", flush=True)
        began, over, before = time.monotonic(), Event(), processor(site)
        threads = [Thread(target=role.go_on, args=(began, seconds, over), daemon=True) for role in roles]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.monotonic() - began
        ours, theirs = ((now - then) / took for now, then in zip(processor(site), before, strict=True))
        used = f"server and worker {ours:.2f}, clients {theirs:.2f}, the machine {os.getloadavg()[0]:.1f} waiting or at work"
    print("\n".join(tally.table(took, BOUND)))
    done, wanted = sum(role.done for role in roles), sum(role.wanted(seconds) for role in roles)
    faults = [fault for role in roles for fault in role.faults]
    holds = not faults and done >= DONE * wanted and all(tally.holds(kind, BOUND) for kind in measured(tally))
    print(f"{done:,} of {wanted:,} acts in {took:.0f} s; {len(faults)} failed. Cores used: {used}")
    for fault in sorted(set(faults))[:20]:
        print(f"    {fault}")
    print(f"{database}: {'PASS' if holds else 'MISSED'}: no error, p95 of each kind ≤ {BOUND} ms", flush=True)
    return holds


def measured(tally: Tally) -> list[Kind]:
    return [kind for name, kind in tally.kinds.items() if not is_told_only(name)]


def processor(site: Site) -> tuple[float, float]:
    """Seconds of the processor until now: of server and mail worker, and of the clients."""
    worker = sum(int(each.read_text().split()[0]) for each in Path(f"/proc/{site.worker.pid}/task").glob("*/schedstat"))
    return spent(site.server) + worker / 1e9, time.process_time()


def everybody(site: Site, tally: Tally, warm: Tally) -> Iterator[Role]:
    """All clients. Staff sign in first, which is not measured."""
    chance, port = Random(20), site.server.port
    Browser(port).get(f"{acts.AT}/agenda")
    post, numbers = acts.Post(site.office), count(1_000_000)

    def registering(device: Device) -> Act:
        return lambda: acts.register(device, post, next(numbers))

    def reading(device: Device) -> Act:
        return lambda: acts.look(device, chance)

    for _person in range(REGISTERING):
        yield Role(REGISTERING / REGISTRATIONS, registering(Device(port, tally)), chance)
    for _person in range(READERS):
        yield Role(READING_EVERY, reading(Device(port, tally)), chance)
    yield from at_the_gates(site, tally, warm, chance)
    yield from at_the_desks(site, tally, warm, chance)


def at_the_gates(site: Site, tally: Tally, warm: Tally, chance: Random) -> Iterator[Role]:
    steward = Device(site.server.port, warm)
    token, keys = acts.sign_in(steward, site.world.door.steward_link), count(1)

    def scanning(device: Device, gate: str) -> Act:
        codes = site.world.door.codes

        def act() -> None:
            key = next(keys)
            acts.scan(device, token, gate, codes[key * 31 % len(codes)], f"reading-{key:09d}")

        return act

    for number in range(GATES):
        device = Device(site.server.port, tally)
        device.cookies = steward.cookies  # one steward, at several devices
        yield Role(GATES / SCANS, scanning(device, site.world.gates[number % 2]), chance)


def at_the_desks(site: Site, tally: Tally, warm: Tally, chance: Random) -> Iterator[Role]:
    keys = count(1)
    for link in site.world.organizers:
        organizer, _token = signed_in(site, tally, warm, link)
        yield Role(STAFF_EVERY, lambda device=organizer: acts.organize(device, chance), chance)  # type: ignore[misc]
    for number, link in enumerate(site.world.rapporteurs, start=1):
        rapporteur, token = signed_in(site, tally, warm, link)
        yield Role(STAFF_EVERY, recording(rapporteur, token, f"S{number}", keys, chance), chance)


def recording(device: Device, token: str, session: str, keys: Iterator[int], chance: Random) -> Act:
    return lambda: acts.record(device, token, session, f"note-{next(keys):06d}", chance)


def signed_in(site: Site, tally: Tally, warm: Tally, link: str) -> tuple[Device, str]:
    """A device at which somebody is signed in, and their token; what it does next is measured."""
    device = Device(site.server.port, warm)
    token = acts.sign_in(device, link)
    device.tally = tally
    return device, token
