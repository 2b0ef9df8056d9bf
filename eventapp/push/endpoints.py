"""Where a notice may be sent: a browser names the address, so it is not believed.

https, a host of `PUSH_HOSTS`, and an address on the public internet, looked up once and connected to as it was found,
so that a name cannot mean another machine a moment later. An origin that `PUSH_HOSTS` names whole, with its scheme, is
taken as it is: a push service inside of a house, or one of a test.
"""

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app

from eventapp.push.models import LONGEST_ENDPOINT

HTTPS = 443


class Forbidden(Exception):  # noqa: N818 -- says why nothing is sent there
    """Nothing is sent to this address."""


@dataclass(frozen=True)
class Target:
    """An address that may be sent to, and where it is: `address` is the number that is connected to."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def origin(self) -> str:
        """Scheme and host, as the token for the push service names them."""
        usual = HTTPS if self.scheme == "https" else 80
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == usual else f":{self.port}")


def is_allowed(endpoint: str) -> bool:
    """Whether a browser may name this address; where its host is, nobody looks yet."""
    try:
        parts_of(endpoint)
    except Forbidden:
        return False
    return True


def target(endpoint: str) -> Target:
    """Where this endpoint is now. Raises Forbidden where nothing is sent there, OSError where the name is not known."""
    scheme, host, port, path, is_named = parts_of(endpoint)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not addresses or (not is_named and not all(is_public(one) for one in addresses)):
        raise Forbidden(f"{host} is no address of the public internet")
    return Target(scheme, host, port, path, addresses[0])


def parts_of(endpoint: str) -> tuple[str, str, int, str, bool]:
    """Scheme, host, port, path, and whether the origin is named whole in the settings. Raises Forbidden."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise Forbidden("no address")
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise Forbidden("no address") from None
    allowed = current_app.config["PUSH_HOSTS"]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if parts.scheme in ("http", "https") and "@" not in parts.netloc and f"{parts.scheme}://{parts.netloc}" in allowed:
        return parts.scheme, host, port or (HTTPS if parts.scheme == "https" else 80), path, True
    if parts.scheme != "https" or not host or "@" in parts.netloc or port not in (None, HTTPS):
        raise Forbidden("not https at its usual port")
    if not any(host == one or (one.startswith(".") and host.endswith(one)) for one in allowed):
        raise Forbidden(f"{host} is not among PUSH_HOSTS")
    return "https", host, HTTPS, path, False


def is_public(address: str) -> bool:
    """Whether this number is a machine on the public internet: not this one, not of a house, not a group."""
    found = ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (found, mapped) if one)
