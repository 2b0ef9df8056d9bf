"""A form over something that is there: the one way to save it, or to show it beside what somebody else saved."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from eventapp.ground.db import lock
from eventapp.ground.db.types import Base
from eventapp.ground.web.attempt import answered
from eventapp.ground.web.editing.both_versions import Seen, refuse_older, show_both


def edited(
    form: Seen,
    stands: Callable[[], Seen],
    save: Callable[[], object],
    page: Callable[[], str],
    there: str,
    *,
    held: Base | None = None,
) -> ResponseReturnValue:
    """Save what was typed and go there, unless somebody saved something else since the form was opened.

    `stands` is the form of what stands now, read anew each time; `held` is locked before it is compared. What cannot be
    saved is shown by `page` as it was typed: with 422 where a field is wrong, with 409 and what stands now beside it
    where it is refused.
    """

    def act() -> None:
        if held is not None:
            lock(held)
        refuse_older(form, stands())
        save()

    def again(status: int) -> ResponseReturnValue:
        if form.refused:
            show_both(form, stands())
        return page(), status

    return answered(form, act, again, there)
