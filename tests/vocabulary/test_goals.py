from eventapp.vocabulary.goals import GOALS

WHITE_PASSES = [1, 4, 8, 10, 13, 16, 17]


def _luminance(colour: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_there_are_seventeen_goals_with_the_ink_that_reads_on_each() -> None:
    assert list(GOALS) == list(range(1, 18))
    assert [goal.number for goal in GOALS.values() if goal.ink == "#FFFFFF"] == WHITE_PASSES
    assert [goal.number for goal in GOALS.values() if _contrast(goal.colour, goal.ink) < 4.5] == []


def test_a_goal_reads_as_number_and_short_title() -> None:
    assert GOALS[2].label == "Goal 2: Zero hunger"
    assert GOALS[5].full_title == "Achieve gender equality and empower all women and girls"
