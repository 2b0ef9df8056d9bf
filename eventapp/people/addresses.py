"""E-mail addresses: exactly one mailbox, in a form that every mail server takes."""

import re
from unicodedata import normalize

from wtforms import EmailField, Field
from wtforms import Form as PlainForm
from wtforms.validators import ValidationError

from eventapp.ground.text.i18n import _
from eventapp.ground.text.policy import folded
from eventapp.ground.web.forms import Label, Line

LONGEST = 254  # RFC 5321, 4.5.3.1.3, less the two angle brackets
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")  # RFC 5322 dot-atom
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def fault_in_address(address: str) -> str | None:
    """What is wrong with this address, as a sentence; None where one mailbox is named exactly.

    Local part: an ASCII dot-atom of 64 characters or less. Other letters need SMTPUTF8 (RFC 6531) of every server on
    the way, which nobody knows while somebody types: they are refused. Domain: IDNA, with a dot.
    """
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return _("Write a full address, such as name@example.org.")
    other = next((letter for letter in normalize("NFC", local) if not letter.isascii() and letter.isprintable()), "")
    if other:
        return _(
            "Our emails do not reach an address with “%(letter)s” before the @. "
            "Write another one, with the letters a to z.",
            letter=other,
        )
    if len(address.encode()) > LONGEST or len(local) > 64 or not LOCAL.fullmatch(local):  # noqa: PLR2004 -- RFC 5321
        return _("Write one address, without spaces or commas before the @.")
    try:
        labels = domain.casefold().encode("idna").decode().split(".")
    except UnicodeError:
        labels = []
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004 -- a name and a top
        return _("Write the part after the @ in full, such as example.org.")
    return None


def address_of(text: str) -> str:
    """The address as we keep it: folded, its domain in IDNA form, so that one mailbox is one text on every database."""
    local, _at, domain = folded(text.strip()).rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return f"{local}@{domain}"


class AddressLine(Line, EmailField):
    """One e-mail address."""

    def __init__(self, label: Label, *, required: Label | None = None, **more: object) -> None:
        super().__init__(label, required=required, most=LONGEST, checks=(is_address,), **more)


def is_address(_form: PlainForm, field: Field) -> None:
    fault = fault_in_address(field.data)
    if fault:
        raise ValidationError(fault)
