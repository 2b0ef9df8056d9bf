from eventapp.meetings.colours import is_readable
from eventapp.vocabulary.goals import GOALS

WHITE_PASSES = [1, 4, 8, 10, 13, 16, 17]


def test_there_are_seventeen_goals_with_the_ink_that_reads_on_each() -> None:
    assert list(GOALS) == list(range(1, 18))
    assert [goal.number for goal in GOALS.values() if goal.ink == "#FFFFFF"] == WHITE_PASSES
    assert [goal.number for goal in GOALS.values() if not is_readable(goal.ink, goal.colour)] == []


def test_a_goal_reads_as_number_and_short_title() -> None:
    assert GOALS[2].label == "Goal 2: Zero hunger"
    assert GOALS[5].full_title == "Achieve gender equality and empower all women and girls"
