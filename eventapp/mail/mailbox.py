"""An address as a mail server takes it: one mailbox, and nothing that could be read as two."""

import re

from eventapp.ground.security.tokens import hashed

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the two angle brackets
LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"  # RFC 5322, 3.2.3: a dot-atom
DOMAIN = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
MAILBOX = re.compile(rf"{LOCAL}@{DOMAIN}", re.ASCII)
NOWHERE = "no-address.invalid"  # RFC 2606: no letter ever arrives there


def is_one_mailbox(address: str) -> bool:
    """Whether this names one mailbox exactly, in ASCII: a server cannot read it as two, or refuse to read it."""
    return len(address) <= LONGEST and MAILBOX.fullmatch(address) is not None


def nowhere(key: str) -> str:
    """What stands for the address of somebody who gave none: the same for the same key, and nothing is sent to it."""
    return f"{hashed(key)[:24]}@{NOWHERE}"


def reaches_somebody(address: str) -> bool:
    """Whether a letter to this address may be sent: it is one mailbox, and was given."""
    return is_one_mailbox(address) and not address.endswith(f"@{NOWHERE}")
