import pytest

from eventapp.mail.masking import masked

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("end", ["", "/confirmation", ".ics"])
@pytest.mark.parametrize("secret", ["2KXn7a-20_qRdG5vZt0WcYb1Ls3HfQpE", "allofsmalllettersitcouldbemadeof", "short"])
def test_links_that_prove_who_somebody_is_are_left_out(secret: str, end: str) -> None:
    text = f"See http://localhost/registrations/{secret}{end} and go."

    assert masked(text) == "See http://localhost/registrations/… and go."


def test_entry_codes_are_left_out() -> None:
    assert masked("It is:\n\n0123456789ABCDEFGHJK\n\nR-0001") == "It is:\n\n…\n\nR-0001"


def test_links_that_everybody_has_stay() -> None:
    text = "See http://localhost/meetings/wsis-bangkok-2016/agenda, http://localhost/accessibility and https://www.unescap.org/events/2016/wsis"

    assert masked(text) == text
