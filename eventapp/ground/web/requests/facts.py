"""What is known of a request that is being answered."""

import re
import secrets
from dataclasses import dataclass

from flask import has_request_context, request

FACTS = "eventapp.request"  # in the WSGI environment
FROM_PROXY = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass
class Facts:
    """The id of a request, and what the application made of it; empty where the page cache answered it."""

    id: str
    feature: str = ""  # its blueprint
    endpoint: str = ""
    path: str = ""  # without the secret of a link


def new_id() -> str:
    """Twelve characters that a person can read out: A1B2-C3D4-E5F6."""
    return "-".join(secrets.token_hex(2) for _part in range(3)).upper()


def id_of(sent: str, proxies: int) -> str:
    """The id that our own proxy gave this request in X-Request-Id; a new one where none did, or nothing is trusted."""
    return sent if proxies and FROM_PROXY.fullmatch(sent) else new_id()


def request_id() -> str:
    """The id of the request that is being answered; '' outside one."""
    facts: Facts | None = request.environ.get(FACTS) if has_request_context() else None
    return facts.id if facts else ""
