"""What systemd would do with the units of the page, where none runs: a fresh root is no machine that was started.

A unit of /etc/systemd/system is started as its lines say (User, WorkingDirectory, EnvironmentFile, ExecStart, Restart) and watched by a
process of its own; a service of Debian by its script in /etc/init.d.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

UNITS = Path("/etc/systemd/system")
RUNNING = Path(os.environ.get("WALK_RUNNING", "/run/walk"))
LOGS = Path("/var/log")
SOON = 0.1  # seconds, as RestartSec


class Unit:
    """One unit, by its name; `eventapp-worker@1` is in the file `eventapp-worker@.service`."""

    def __init__(self, name: str) -> None:
        self.name = name.removesuffix(".service")
        before, at, _instance = self.name.partition("@")
        self.file = UNITS / f"{before}{at}.service"
        self.watcher = RUNNING / f"{self.name}.pid"

    def lines(self, key: str) -> list[str]:
        return [line.partition("=")[2] for line in self.file.read_text().splitlines() if line.startswith(f"{key}=")]

    def value(self, key: str, otherwise: str = "") -> str:
        return (self.lines(key) or [otherwise])[-1]

    def environment(self) -> dict[str, str]:
        """What systemd gives a service, which is not what this shell has; a value may stand between quotes."""
        known = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": self.value("WorkingDirectory", "/"),
        }
        for line in Path(self.value("EnvironmentFile")).read_text().splitlines():
            name, is_set, value = line.partition("=")
            if is_set:
                known[name] = value.strip('"')
        return known

    def begin(self, command: str) -> "subprocess.Popen[bytes]":
        words = command.replace("$$", "$")
        return subprocess.Popen(
            words if "'" in words else words.split(),
            shell="'" in words,
            cwd=self.value("WorkingDirectory", "/"),
            env=self.environment(),
            user=self.value("User", "root"),
            group=self.value("User", "root"),
            extra_groups=[],
            stdin=subprocess.DEVNULL,
            stdout=(LOGS / f"{self.name}.log").open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def start(self) -> int:
        if self.value("Type") == "oneshot":
            return next((code for command in self.lines("ExecStart") if (code := self.begin(command).wait())), 0)
        RUNNING.mkdir(exist_ok=True, parents=True)
        if not self.watching() and not os.fork():
            self.watch()
        while not self.watching():
            time.sleep(SOON)
        return 0

    def watch(self) -> None:
        """In a process of its own: start it, and again when it ended by itself, until told to stop."""
        os.setsid()
        self.watcher.write_text(str(os.getpid()))
        outputs = os.open(os.devnull, os.O_RDWR)
        for number in range(3):
            os.dup2(outputs, number)
        told = list[int]()
        signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
        while not told:
            process = self.begin(self.value("ExecStart"))
            while process.poll() is None and not told:
                time.sleep(SOON)
        self.end(process)
        self.watcher.unlink()
        os._exit(0)

    def end(self, process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(float(self.value("TimeoutStopSec", "90")))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # systemd ends what is left

    def watching(self) -> int:
        """The process that watches it, 0 where none does."""
        try:
            number = int(self.watcher.read_text())
            os.kill(number, 0)
        except (OSError, ValueError):
            return 0
        return number

    def stop(self) -> int:
        if number := self.watching():
            os.kill(number, signal.SIGTERM)
        while self.watching():
            time.sleep(SOON)
        return 0

    def restart(self) -> int:
        return self.stop() or self.start()


def act(verb: str, name: str) -> int:
    """Returns what the command ends with."""
    unit = Unit(name)
    if unit.file.exists():
        return {"start": unit.start, "stop": unit.stop, "restart": unit.restart, "enable": unit.start}[verb]()
    return subprocess.run([f"/etc/init.d/{name}", verb], check=False).returncode


def main(words: list[str]) -> int:
    verb, *names = [word for word in words if word != "--now"]
    return next((code for name in names if (code := act(verb, name))), 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
