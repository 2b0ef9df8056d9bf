"""What is sealed the quick way is what itsdangerous seals: each opens the other's."""

import json

import pytest
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from eventapp.seals import SHORT, LinkSealer, TimedSealer

KEY, OTHER = "the key of now", "the key of before"
SAID = {"short": ["registration", 12, None], "long, and so compressed": ["word" * SHORT]}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
@pytest.mark.parametrize("derivation", ["django-concat", "hmac"])
def test_either_opens_what_the_other_sealed(said: list[object], derivation: str) -> None:
    how = {"key_derivation": derivation}
    for quick, plain in (
        (LinkSealer(KEY, salt="a", signer_kwargs=how), URLSafeSerializer(KEY, salt="a", signer_kwargs=how)),
        (TimedSealer(KEY, salt="a", signer_kwargs=how), URLSafeTimedSerializer(KEY, salt="a", signer_kwargs=how)),
    ):
        assert plain.loads(quick.dumps(said)) == said
        assert quick.loads(plain.dumps(said)) == said
        assert quick.loads(quick.dumps(said)) == said
        assert plain.loads(quick.seal(json.dumps(said))) == said


def test_another_salt_seals_otherwise() -> None:
    sealer = LinkSealer(KEY, salt="a")
    assert sealer.loads(sealer.dumps(1, salt="b"), salt="b") == 1
    with pytest.raises(BadSignature):
        sealer.loads(sealer.dumps(1, salt="b"))


def test_a_key_of_before_opens_and_the_last_one_seals() -> None:
    both = TimedSealer([OTHER, KEY], salt="a")
    assert both.loads(TimedSealer(OTHER, salt="a").dumps(1)) == 1
    assert TimedSealer(KEY, salt="a").loads(both.dumps(1)) == 1
    with pytest.raises(BadSignature):
        TimedSealer(KEY, salt="a").loads(TimedSealer(OTHER, salt="a").dumps(1))


def test_what_was_altered_is_not_opened() -> None:
    sealed = LinkSealer(KEY, salt="a").dumps("mine")
    with pytest.raises(BadSignature):
        LinkSealer(KEY, salt="a").loads("x" + sealed)
