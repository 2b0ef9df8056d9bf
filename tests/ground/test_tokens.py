from datetime import timedelta

from flask import Flask

from eventapp.tokens import code, digits, hashed, link, read_link, same, secret
from tests.make import TODAY


def test_a_link_is_read_for_its_own_purpose_only(app: Flask) -> None:
    token = link("registration", 7, 2)

    assert read_link("registration", token, at=TODAY) == [7, 2]
    assert read_link("calendar", token, at=TODAY) is None
    assert read_link("registration", token + "x", at=TODAY) is None
    assert read_link("registration", "", at=TODAY) is None


def test_a_link_dies_on_time(app: Flask) -> None:
    token = link("confirmation", 7, expires=TODAY)

    assert read_link("confirmation", token, at=TODAY) == [7]
    assert read_link("confirmation", token, at=TODAY + timedelta(seconds=1)) is None


def test_secrets_are_long_and_their_hashes_say_nothing(app: Flask) -> None:
    word = secret()

    assert len(word) == 32 and word not in hashed(word) and hashed(word) == hashed(word)
    assert same(word, word) and not same(word, secret())
    assert len(digits(6)) == 6 and digits(6).isdigit()
    assert set(code(200)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
