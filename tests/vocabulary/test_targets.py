from eventapp.vocabulary.matrix import MATRIX
from eventapp.vocabulary.targets import TARGETS, in_target_order


def test_there_are_169_targets_and_the_matrix_knows_no_other() -> None:
    linked = {target for goals in MATRIX.values() for link in goals.values() for target in link.targets}
    assert len(TARGETS) == 169
    assert linked <= set(TARGETS)


def test_targets_stand_in_the_order_of_the_goals_once() -> None:
    assert in_target_order(["17.8", "9.c", "9.1", "9.c"]) == ["9.1", "9.c", "17.8"]
