"""A form that can be shown in another language half way through."""

from collections.abc import Callable
from functools import wraps

from wtforms import Form

from eventapp.ground.web.redraw.state import only_redraws


class Redrawable(Form):
    """A form of WTForms whose validation says no, without faults, where it is only to be shown again."""

    def __init_subclass__(cls, **more: object) -> None:
        """Have a `validate` of its own asked only where something is to be done."""
        super().__init_subclass__(**more)
        if "validate" in vars(cls):
            cls.validate = unless_redrawn(cls.validate)  # type: ignore[method-assign]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether what was typed can be taken. Where it is only to be shown in another language: no, without faults."""
        if only_redraws():
            self.take_in()
            return False
        return bool(super().validate())

    def take_in(self) -> None:
        """Take in what is no text, its files, where the form is only to be shown again."""


def unless_redrawn(validate: Callable[..., bool]) -> Callable[..., bool]:
    """This, but where the form is only to be shown in another language."""

    @wraps(validate)
    def asked(self: Redrawable, extra_validators: object = None) -> bool:
        return Redrawable.validate(self) if only_redraws() else validate(self, extra_validators)

    return asked
