"""`./run bench kills` finds a letter that was sent twice, and excuses one for each death of a worker at most."""

from bench.whole.ledger import AMBIGUOUS, sent_again

FAULT = "letter {} came again, and no worker died before it was noted"


def test_a_worker_that_sends_each_letter_twice_is_found_though_it_dies_often() -> None:
    """The control: it is killed each second, and sends five letters meanwhile, each at once again."""
    came = [(f"<{one}>", one / 5 + again) for one in range(50) for again in (0.0, 0.05)]
    deaths = [float(second) + 0.01 for second in range(1, 11)]

    found = sent_again(came, deaths)

    assert len(found) >= 50 - len(deaths)
    assert FAULT.format("<1>") in found


def test_a_death_excuses_the_last_letter_before_it() -> None:
    came = [("<1>", 10.0), ("<2>", 10.3), ("<2>", 95.0), ("<3>", 96.0)]
    assert sent_again(came, [10.4]) == []
    assert sent_again(came, []) == sent_again(came, [95.5]) == [FAULT.format("<2>")]


def test_it_excuses_no_letter_before_the_last() -> None:
    came = [("<1>", 10.0), ("<2>", 10.3), ("<1>", 95.0)]
    assert sent_again(came, [10.4]) == [FAULT.format("<1>")]


def test_it_excuses_none_that_came_long_before() -> None:
    came = [("<1>", 10.0), ("<1>", 95.0)]
    assert sent_again(came, [10.1 + AMBIGUOUS]) == [FAULT.format("<1>")]


def test_a_letter_that_came_three_times_needs_two_deaths() -> None:
    came = [("<1>", 10.0), ("<1>", 95.0), ("<1>", 180.0)]
    assert sent_again(came, [10.1]) == [FAULT.format("<1>")]
    assert sent_again(came, [10.1, 95.1]) == []
