from eventapp.desk.masking import masked


def test_links_that_prove_who_somebody_is_are_left_out() -> None:
    text = "See https://meet.example.org/registrations/eyJhbGciOiJIUzI1NiJ9.abc-DEF_1 and go."

    assert masked(text) == "See https://meet.example.org/registrations/… and go."


def test_links_that_everybody_has_stay() -> None:
    text = "See https://meet.example.org/meetings/wsis-bangkok-2016/agenda and https://meet.example.org/accessibility"

    assert masked(text) == text
