"""The second machine of the page: its own /srv, /etc/eventapp.env and units that run, in the same network."""

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from walk.page import Command

if TYPE_CHECKING:
    from walk.inside import Walk

HOME = Path("/machine-2")
WORKER = "eventapp-worker@1"  # the first machine has it
SEVERAL = "echo 'HOST=10.0.0.1'"  # the line after which there are two


def also_on_the_second(walk: "Walk", command: Command) -> None:
    """What the page says to do on each machine is done on the second as well, with its own address."""
    if command.words.startswith(SEVERAL):
        make()
    elif not HOME.exists():
        return
    if command.words.startswith(("systemctl restart eventapp", "curl")) and "127.0.0.1" not in command.words:
        run(walk, for_the_second(command.words))
    elif command.words.endswith("/etc/eventapp.env"):
        follow()


def for_the_second(words: str) -> str:
    """The line with its own address and without the worker; "" where it is about the worker alone."""
    if words == f"systemctl start {WORKER}":
        return ""
    return words.replace("10.0.0.1", "10.0.0.2").replace(f" {WORKER}", "")


def make() -> None:
    """A copy of the machine that is there, as *Start* would make it, without its database and its backups."""
    HOME.mkdir()
    shutil.copytree(
        "/srv",
        HOME / "srv",
        symlinks=True,
        ignore=lambda _folder, names: [name for name in names if name.endswith(".db")],
    )
    for path in ("srv/eventapp", "srv/meetings"):
        subprocess.run(["chown", "-R", "eventapp:", str(HOME / path)], check=True)
    (HOME / "run").mkdir()
    follow()


def follow() -> None:
    """The same settings but for HOST."""
    words = Path("/etc/eventapp.env").read_text()
    (HOME / "eventapp.env").write_text(words.replace("HOST=10.0.0.1", "HOST=10.0.0.2"))


def run(walk: "Walk", words: str) -> None:
    walk.tell(f"on 10.0.0.2: {words}", on_it(words), 0)


def on_it(words: str) -> "subprocess.CompletedProcess[str]":
    """Run a line where its own files are in their places."""
    mounts = f"mount --bind {HOME}/srv /srv && mount --bind {HOME}/eventapp.env /etc/eventapp.env"
    script = f"{mounts} && export WALK_RUNNING={HOME}/run && {words}"
    return subprocess.run(
        ["unshare", "--mount", "--propagation", "unchanged", "sh", "-c", script],
        cwd="/root",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
