"""`./run walk`: makes a fresh Debian, puts what is committed into it, and does there what docs/operate.md says.

Takes root, mmdebstrap and git, and a network for the packages of Debian and PyPI. `--base FILE` keeps the bare Debian for another time; `--keep`
leaves the root where it is. Ends with 1 at the first line that fails.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parent.parent
# python3 for the walk itself, and what it makes around the application: certificates, addresses, a mail server and a store.
BARE = "python3,python3-venv,ca-certificates,openssl,iproute2,mount,systemd"
MACHINE = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")  # whom this machine trusts
PINNED = ("aiosmtpd", "localbucket")  # what the tests use, in their versions
ROOM = 6 * 1024**3  # bytes


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run walk", description="Do what docs/operate.md says in a fresh Debian.")
    parser.add_argument("--base", type=Path, help="a file for the bare Debian: made if it is not there")
    parser.add_argument("--keep", action="store_true", help="leave the root, to look at it")
    told = parser.parse_args()
    check()
    folder = Path(tempfile.mkdtemp(prefix="walk-", dir="/var/tmp"))
    try:
        return walk_in(folder, (told.base or folder / "base.tar").resolve())
    finally:
        if told.keep:
            print(f"walk: the root is in {folder}/root")
        else:
            shutil.rmtree(folder, ignore_errors=True)


def check() -> None:
    if os.geteuid() != 0:
        refuse("a root with users of its own is made by root only: sudo ./run walk")
    for program, package in (("mmdebstrap", "mmdebstrap"), ("git", "git"), ("unshare", "util-linux")):
        if not shutil.which(program):
            refuse(f"{program} is needed: apt-get install {package}")
    if shutil.disk_usage("/var/tmp").free < ROOM:
        refuse("/var/tmp has too little room: 6 GB are needed")


def refuse(words: str) -> NoReturn:
    sys.exit(f"walk: {words}")


def walk_in(folder: Path, base: Path) -> int:
    if not base.exists():
        print("walk: a bare Debian with mmdebstrap (some minutes)", flush=True)
        call("mmdebstrap", "--quiet", "--variant=minbase", f"--include={BARE}", suite(), str(base))
    root = folder / "root"
    root.mkdir()
    call("tar", "-xf", str(base), "-C", str(root))
    furnish(root)
    inside = ["chroot", str(root), "/usr/bin/python3", "-m", "walk.inside"]
    kept_apart = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child"]
    environment = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": "/root",
        "LC_ALL": "C.UTF-8",
    }
    told = {"PYTHONPATH": "/opt/walk", "PYTHONUNBUFFERED": "1", "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run([*kept_apart, *inside], env={**environment, **told}, check=False).returncode


def suite() -> str:
    """The release of Debian this machine has, or the stable one."""
    words = Path("/etc/os-release").read_text() if Path("/etc/os-release").exists() else ""
    named = dict(line.split("=", 1) for line in words.splitlines() if "=" in line)
    return named.get("VERSION_CODENAME", "stable").strip('"') if named.get("ID") == "debian" else "stable"


def furnish(root: Path) -> None:
    """The files of the release as somebody has put them there, and this walk beside them."""
    release, own = root / "srv" / "eventapp", root / "opt" / "walk"
    for place in (release, own):
        place.mkdir(parents=True)
        files = ["."] if place is release else ["walk", "docs/operate.md"]
        archive = subprocess.run(["git", "archive", "HEAD", *files], cwd=ROOT, check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", str(place)], input=archive.stdout, check=True)
    locked = (ROOT / "requirements-test.txt").read_text().split()
    (own / "pinned").write_text(
        "\n".join(word for word in locked if word.startswith(tuple(f"{name}==" for name in PINNED)))
    )
    shutil.copy("/etc/resolv.conf", root / "etc" / "resolv.conf")
    if trusted := next((Path(name) for name in MACHINE if Path(name).exists()), None):
        shutil.copy(trusted, own / "machine.pem")
    script = root / "usr" / "local" / "bin" / "systemctl"
    script.write_text('#!/bin/sh\nPYTHONPATH=/opt/walk exec python3 -m walk.systemctl "$@"\n')
    denied = root / "usr" / "sbin" / "policy-rc.d"  # what is installed is started when the page says so
    denied.write_text("#!/bin/sh\nexit 101\n")
    for one in (script, denied):
        one.chmod(0o755)


def call(*words: str) -> None:
    done = subprocess.run(words, check=False)
    if done.returncode:
        refuse(f"{words[0]} ended with {done.returncode}")


if __name__ == "__main__":
    sys.exit(main())
