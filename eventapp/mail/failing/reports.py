"""What comes back when a letter did not arrive: a report as mail servers write it, or as a mail provider posts it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message

ABOUT_THE_SENDER = re.compile(r"\b5\.7\.\d")  # RFC 3463, 3.8: security and policy; others may reach the same address
LONGEST_REASON = 1000
PERMANENT = re.compile(r"5\.\d{1,3}\.\d{1,3}")


class UnreadableError(ValueError):
    """What came is no report of letters that did not arrive."""


@dataclass(frozen=True)
class Bounce:
    """One address at which a letter did not arrive for good, and why, in the words of who said so."""

    address: str
    reason: str


def bounces_in_report(content: bytes) -> list[Bounce]:
    """The addresses that failed for good in this message (RFC 3464); none of what is only late.

    Raises UnreadableError where it is no report about delivery.
    """
    message = message_from_bytes(content, policy=policy.compat32)
    parts = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    if not parts:
        raise UnreadableError("This is no report of a mail server: it has no message/delivery-status (RFC 3464).")
    return [bounce for part in parts for bounce in failed_for_good(part)]


def failed_for_good(part: Message) -> Iterator[Bounce]:
    """One for each recipient whose fields say so. The first block of fields is about the message."""
    blocks = part.get_payload()
    for fields in (one for one in blocks if isinstance(one, Message)) if isinstance(blocks, list) else ():
        action, status = str(fields["Action"] or "").strip().casefold(), str(fields["Status"] or "").strip()
        address = mailbox_of(fields["Original-Recipient"]) or mailbox_of(fields["Final-Recipient"])
        words = str(fields["Diagnostic-Code"] or "").partition(";")[2].strip() or status
        if action == "failed" and PERMANENT.match(status) and not ABOUT_THE_SENDER.match(status) and address:
            yield Bounce(address, shortened(words))


def mailbox_of(field: str | None) -> str:
    """The address in a field such as `rfc822; ada@example.org`; '' where there is none."""
    kind, _semicolon, address = str(field or "").partition(";")
    return address.strip() if kind.strip().casefold() == "rfc822" else ""


def bounces_posted(content: bytes) -> list[Bounce]:
    """The addresses in `{"failures": [{"address": …, "reason": …}]}`. Raises UnreadableError for anything else."""
    try:
        failures = json.loads(content)["failures"]
        return [Bounce(one["address"].strip(), shortened(one["reason"])) for one in failures]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableError('Write {"failures": [{"address": "name@example.org", "reason": "…"}]}.') from None


def shortened(words: str) -> str:
    """These words on one line, printable, and not too many."""
    line = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return line[:LONGEST_REASON]
