from eventapp.vocabulary.goals import GOALS
from eventapp.vocabulary.lines import ACTION_LINES
from eventapp.vocabulary.matrix import MATRIX, Suggestion, is_expected, suggested_goals


def test_the_matrix_has_124_cells_and_163_targets() -> None:
    links = [link for row in MATRIX.values() for link in row.values()]

    assert list(MATRIX) == list(ACTION_LINES)
    assert len(links) == 124
    assert sum(len(link.targets) for link in links) == 163
    assert {link.goal for link in links} == set(GOALS)


def test_every_target_belongs_to_the_goal_of_its_cell() -> None:
    strays = [
        (link.line, link.goal, target)
        for row in MATRIX.values()
        for link in row.values()
        for target in link.targets
        if target.partition(".")[0] != str(link.goal)
    ]
    assert strays == []


def test_rows_are_those_of_the_report() -> None:
    assert list(MATRIX["C1"]) == [1, 3, 5, 10, 16, 17]
    assert list(MATRIX["C2"]) == [1, 8, 9, 11]
    assert list(MATRIX["C3"]) == list(range(1, 18))
    assert list(MATRIX["C7-ELEA"]) == [4]
    assert list(MATRIX["C11"]) == [17]
    assert [is_expected(line, 8) for line in ("C4", "C2", "C99")] == [False, True, False]


def test_cells_that_were_settled_by_hand_keep_their_reason() -> None:
    noted = [(link.line, link.goal) for row in MATRIX.values() for link in row.values() if link.note]

    assert noted == [("C2", 8), ("C3", 4), ("C7-EENV", 14), ("C8", 9), ("C9", 5)]


def test_goals_shared_by_more_lines_come_first_then_those_with_more_targets() -> None:
    suggested = suggested_goals(["C3", "C7-EAGR"])

    assert suggested[0] == Suggestion(2, ("C3", "C7-EAGR"), ("2.3", "2.4", "2.a"))
    assert [one.goal for one in suggested[:10]] == [2, 9, 13, 17, 1, 3, 5, 8, 12, 4]
    assert [one.lines for one in suggested[10:]] == [("C3",)] * 7


def test_no_lines_suggest_nothing_and_a_line_counts_once() -> None:
    assert suggested_goals([]) == []
    assert suggested_goals(["C7-ELEA", "C7-ELEA", "C99"]) == suggested_goals(["C7-ELEA"])


def test_infrastructure_environment_and_agriculture_meet_in_goals_8_and_9() -> None:
    suggested = suggested_goals(["C2", "C6", "C7-EAGR"])

    assert [one.goal for one in suggested if len(one.lines) == 3] == [9, 8]
