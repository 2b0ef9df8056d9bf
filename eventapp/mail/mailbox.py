"""An address as a mail server takes it: one mailbox, and nothing that could be read as two."""

import re

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the two angle brackets
LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"  # RFC 5322, 3.2.3: a dot-atom
DOMAIN = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
MAILBOX = re.compile(rf"{LOCAL}@{DOMAIN}", re.ASCII)


def is_one_mailbox(address: str) -> bool:
    """Whether this names one mailbox exactly, in ASCII: a server cannot read it as two, or refuse to read it."""
    return len(address) <= LONGEST and MAILBOX.fullmatch(address) is not None
