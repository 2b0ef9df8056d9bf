"""What a text of a message must be like in a form."""

from wtforms import Field, Form
from wtforms.validators import StopValidation

from eventapp.messages.words import misspelt


def spelt(_form: Form, field: Field) -> None:
    """A check that every word in braces is one that is put in."""
    faults = misspelt(field.data or "")
    if faults:
        raise StopValidation(" ".join(faults))
