from flask import Flask

from eventapp.ground.security.tokens import code, digits, hashed, made_of, same, secret


def test_a_secret_can_be_made_again_of_its_seed_for_its_own_purpose_only(app: Flask) -> None:
    [(word, stored)] = made_of("registration", "seed")

    assert made_of("registration", "seed") == [(word, stored)] and stored == hashed(word)
    assert len(word) == 32 and word not in stored and "seed" not in word
    assert word not in {made_of("calendar", "seed")[0][0], made_of("registration", "seeds")[0][0]}


def test_secrets_are_long_and_their_hashes_say_nothing(app: Flask) -> None:
    word = secret()

    assert len(word) == 32 and word not in hashed(word) and hashed(word) == hashed(word)
    assert same(word, word) and not same(word, secret())
    assert len(digits(6)) == 6 and digits(6).isdigit()
    assert set(code(200)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
