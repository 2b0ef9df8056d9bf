"""What stands around the application in the fresh root: names, certificates, a mail server that asks for a password, a store that speaks S3."""

import secrets
import subprocess
import sys
import time
from pathlib import Path

from walk.systemctl import RUNNING

OPT = Path("/opt/walk")
PYTHON = OPT / "venv" / "bin" / "python"
LETTERS = RUNNING / "letters"
HOSTS = """127.0.0.1 localhost
127.0.0.1 meetings.example.org smtp.example.org s3.example.org
10.0.0.9 db.example.org
"""
ADDRESSES = ("10.0.0.1", "10.0.0.2", "10.0.0.9")
MAIL_USERNAME, MAIL_PASSWORD = "meetings", secrets.token_hex(12)
S3_KEY, S3_SECRET, S3_PORT = "geneva", secrets.token_hex(12), 9000


def install() -> None:
    """While there is a network: the mail server and the store, in an environment of their own."""
    call("python3", "-m", "venv", str(PYTHON.parent.parent))
    call(str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(OPT / "pinned"))


def certify() -> None:
    """An authority that this root trusts, and what it signs for the names of the page."""
    authority, trusted = OPT / "ca.pem", Path("/usr/local/share/ca-certificates/walk.crt")
    call(
        *[
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "30",
            "-subj",
            "/CN=walk",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        ],
        "-keyout",
        str(OPT / "ca.key"),
        "-out",
        str(authority),
    )
    for name, place in (("meetings.example.org", Path("/etc/nginx/meetings")), ("smtp.example.org", OPT / "smtp")):
        call(
            *f"openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN={name} -addext subjectAltName=DNS:{name}".split(),
            *("-addext", "basicConstraints=critical,CA:FALSE", "-CA", str(authority), "-CAkey", str(OPT / "ca.key")),
            *("-keyout", f"{place}.key", "-out", f"{place}.pem"),
        )
    trusted.write_bytes(authority.read_bytes())
    call("update-ca-certificates")


def begin() -> None:
    """Apart from the network by now: names, addresses, and both servers."""
    Path("/etc/hosts").write_text(HOSTS)
    call("ip", "link", "set", "lo", "up")
    for address in ADDRESSES:
        call("ip", "address", "add", f"{address}/32", "dev", "lo")
    LETTERS.mkdir(parents=True)
    store = OPT / "store"
    (store / "backups").mkdir(parents=True, exist_ok=True)
    for words in (["walk.mail_server", MAIL_PASSWORD], ["localbucket", str(store), "--port", str(S3_PORT)]):
        log = (OPT / "around.log").open("ab")
        subprocess.Popen([str(PYTHON), "-m", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)


def letter_to(address: str, words: str, seconds: float = 60) -> str:
    """The letter with these words that came to this address; an AssertionError where none comes in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for file in sorted(LETTERS.glob("*.eml")):
            letter = file.read_text()
            if address in letter and words in letter:
                return letter
        time.sleep(0.2)
    raise AssertionError(f"no letter to {address} with “{words}” came within {seconds:.0f} seconds")


def call(*words: str) -> None:
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"walk: {' '.join(words)} ended with {done.returncode}: {done.stdout}{done.stderr}")
