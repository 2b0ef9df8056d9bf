"""Follows the page inside the fresh root: each line under its heading, run as the page says, with ok or what went wrong.

First, with a network, what installs; then, apart from every network but its own, all of it in the order of the page. The lines that install are
run again there, and find everything installed.
"""

import ctypes
import json
import os
import secrets
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path
from traceback import format_exc

from walk import around, looks
from walk.crowd import Crowd
from walk.known import RUN, SHELL, filled, reason
from walk.page import Command, commands
from walk.second import also_on_the_second

PAGE = Path("/opt/walk/docs/operate.md")
APP, NEW = Path("/srv/eventapp"), Path("/srv/eventapp-new")
RELEASE = Path("/opt/walk/eventapp-new.tar")
MACHINE = Path("/opt/walk/machine.pem")
CLONE_NEWNET = 0x40000000
PASSED, FAILED = "ok", "FAILED"
MIGRATION = """import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9001", "{before}", None, None


def upgrade() -> None:
    op.create_table("of_9001", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade() -> None:
    op.drop_table("of_9001")
"""


class Walk:
    """What is known on the way: the secrets that were made, and the line that opens a shell for `./run`."""

    def __init__(self, page: str) -> None:
        self.commands = commands(page)
        self.shell = next(one.words for one in self.commands if one.words.startswith(SHELL))
        self.password = secrets.token_hex(12)
        self.heading = ""
        self.upgraded = False
        self.crowd: Crowd
        self.values: dict[str, Callable[[], str]] = {
            "key": lambda: secrets.token_hex(32),
            "password": lambda: self.password,
            "mail_username": lambda: around.MAIL_USERNAME,
            "mail_password": lambda: around.MAIL_PASSWORD,
            "s3_key": lambda: around.S3_KEY,
            "s3_secret": lambda: around.S3_SECRET,
            "s3_endpoint": lambda: f"http://s3.example.org:{around.S3_PORT}\nS3_ALLOW_HTTP=yes",
            "anchor": anchor,
            "backup": lambda: str(newest(Path("/backups"))),
            "backup_in_store": lambda: f"s3://backups/geneva/{newest(Path('/opt/walk/store/backups/geneva')).name}",
            "meeting_file": lambda: "meetings/bangkok-2016.yaml",
            "meeting": lambda: "wsis-bangkok-2016",
            "release": lambda: str(RELEASE),
        }

    def do(self, command: Command) -> str:
        """Run it, print what it is and how it went, and return what it printed. The walk ends where it fails."""
        if command.heading != self.heading:
            self.heading = command.heading
            print(f"\n## {command.heading}", flush=True)
        if why := reason(command):
            print(f"  left out  {command} ({why})", flush=True)
            return ""
        began = time.monotonic()
        done = self.write(command) if command.file else self.run(filled(command, self.values))
        self.tell(str(command), done, time.monotonic() - began)
        also_on_the_second(self, command)
        for look in looks.after(command):
            self.look(look, command, done.stdout)
        return done.stdout

    def look(self, look: looks.Look, command: Command, printed: str) -> None:
        """See that the line did what the page says of it."""
        words = f"see: {look.__doc__}"
        try:
            look(self, printed)
        except Exception:  # noqa: BLE001 -- whatever it is, it is a difference from the page
            self.tell(words, subprocess.CompletedProcess(words, 1, "", format_exc(limit=-3)), 0)
        self.tell(words, subprocess.CompletedProcess(words, 0, "", ""), 0)

    def tell(self, words: str, done: "subprocess.CompletedProcess[str]", seconds: float) -> None:
        took = f" ({seconds:.0f} s)" if seconds >= 1 else ""
        print(f"  {PASSED if done.returncode == 0 else FAILED}  {words}{took}", flush=True)
        if done.returncode:
            print(f"{done.stdout[-4000:]}{done.stderr[-4000:]}\nwalk: this differs from the page; {logs()}", flush=True)
            sys.exit(1)

    def write(self, command: Command) -> "subprocess.CompletedProcess[str]":
        file = Path(command.file)
        file.write_text(filled(command, self.values))
        code, said = 0, ""
        if file.suffix in (".service", ".timer"):
            verify = ["systemd-analyze", "verify", "--man=no", str(file).replace("@.", "@1.")]
            done = subprocess.run(verify, capture_output=True, text=True, check=False)
            code, said = done.returncode, done.stdout + done.stderr
        return subprocess.CompletedProcess(command.file, code, said, "")

    def run(self, words: str) -> "subprocess.CompletedProcess[str]":
        """As root at home, or as the application in its folder by the shell of the page."""
        script, line = (words, None) if not RUN.search(words) else (self.shell, words)
        return subprocess.run(
            ["sh", "-c", script],
            cwd="/root",
            input=line or "",
            capture_output=True,
            text=True,
            check=False,
            errors="replace",
        )


def anchor() -> str:
    """Where the history ended when the newest backup in the folder was made."""
    told = json.loads((newest(Path("/backups")) / "manifest.json").read_text())["contents"]
    return f"{told['chain_number']} {told['chain_hash']}"


def newest(folder: Path) -> Path:
    return max(path for path in folder.iterdir() if path.name.endswith("Z"))


def logs() -> str:
    """The end of each log that says something of the application."""
    files = [
        *Path("/var/log").glob("eventapp*.log"),
        *Path("/var/log/nginx").glob("*error.log"),
        Path("/opt/walk/around.log"),
    ]
    return "".join(f"\n--- {file}\n{file.read_text()[-2500:]}" for file in files if file.exists())


def with_network(walk: Walk) -> None:
    """Install all that any line of the page installs, up to `./run setup`; and the same in the next release."""
    print("walk: with a network: what installs", flush=True)
    if MACHINE.exists():
        os.environ.update(PIP_CERT=str(MACHINE), SSL_CERT_FILE=str(MACHINE), npm_config_cafile=str(MACHINE))
    subprocess.run(["apt-get", "update", "-qq"], check=True)
    for command in walk.commands:
        if command.words.startswith("apt-get "):
            walk.do(command)
    around.install()
    around.certify()
    for command in walk.commands:
        walk.do(command)
        if command.words == "./run setup":
            break
    for name in ("PIP_CERT", "SSL_CERT_FILE", "npm_config_cafile"):
        os.environ.pop(name, None)
    pack_next_release()


def pack_next_release() -> None:
    """The next release is this one with a table more; it comes with what `./run setup` fetched, for there is no network later."""
    head = APP / "migrations" / "HEAD"
    before = head.read_text().strip()
    with tarfile.open(RELEASE, "w") as tar:
        tar.add(
            APP,
            arcname=".",
            filter=lambda entry: None if entry.name in ("./migrations/HEAD", "./.cache", "./.npm") else entry,
        )
        for name, words in (("HEAD", "9001\n"), ("versions/9001_next.py", MIGRATION.format(before=before))):
            file = Path("/opt/walk") / Path(name).name
            file.write_text(words)
            tar.add(file, arcname=f"./migrations/{name}")


def apart(walk: Walk) -> None:
    """The page from its first line to its last, with no network but one of its own."""
    print("\nwalk: apart from the network: the page from its first line", flush=True)
    if ctypes.CDLL(None).unshare(CLONE_NEWNET):  # as os.unshare of Python 3.12 does
        sys.exit("walk: a network of its own cannot be made here")
    around.begin()
    for folder in (APP, Path("/root")):
        (folder / "report.eml").write_text(looks.REPORT)
    (APP / "notes.csv").write_text(looks.NOTES)
    undone = [one for one in walk.commands if not one.words.startswith(("useradd ", "su -s "))]
    for command in undone:
        walk.do(command)


def main() -> int:
    for kind, place in (("proc", "/proc"), ("tmpfs", "/dev/shm"), ("tmpfs", "/run")):
        Path(place).mkdir(exist_ok=True)
        around.call("mount", "-t", kind, kind, place)
    walk = Walk(PAGE.read_text())
    began = time.monotonic()
    with_network(walk)
    apart(walk)
    print(f"\nwalk: all of it did what the page says, in {(time.monotonic() - began) / 60:.0f} minutes", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
