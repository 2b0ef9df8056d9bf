"""Sealing a backup with a public key, in the age format (age-encryption.org/v1): who steals it reads nothing."""

from pathlib import Path

import pyrage

from eventapp.ground.refusal import Refused
from eventapp.ground.text.i18n import _

SEALED = ".age"
COMMENT = "#"


def recipient_of(written: str) -> pyrage.x25519.Recipient:
    """The public key that is written as age1…; refused where it is none."""
    try:
        return pyrage.x25519.Recipient.from_str(written.strip())
    except pyrage.RecipientError:
        raise Refused(_("%(key)s is no public key of age: write age1… .", key=written)) from None


def seal(file: Path, recipient: pyrage.x25519.Recipient, sealed: Path) -> Path:
    """Seal a file for this recipient, and remove the open one. Returns the sealed one."""
    sealed.touch(mode=0o600)
    pyrage.encrypt_file(str(file), str(sealed), [recipient])
    file.unlink()
    return sealed


def open_sealed(sealed: Path, identity: Path, opened: Path) -> Path:
    """Open a sealed file with the key in a file that age-keygen wrote. Refused where it is another's."""
    lines = [line.strip() for line in identity.read_text(encoding="utf-8").splitlines()]
    try:
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith(COMMENT)]
        opened.touch(mode=0o600)
        pyrage.decrypt_file(str(sealed), str(opened), keys)
    except pyrage.IdentityError:
        raise Refused(_("%(file)s has no key of age in it: AGE-SECRET-KEY-1… .", file=identity)) from None
    except pyrage.DecryptError:
        raise Refused(_("The key in %(file)s does not open this backup.", file=identity)) from None
    return opened
