from eventapp.review.coverage.figures import Tagged, coverage

ONE = Tagged(("C2",), (9, 11))
TWO = Tagged(("C2", "C4"), (9, 8))


def test_the_table_has_every_line_and_goal_and_the_expectations_of_the_matrix() -> None:
    table = coverage([])

    assert len(table.rows) == 18
    assert {len(row.cells) for row in table.rows} == {17}
    assert (table.expected, table.recorded, table.missing, table.extra, table.notes) == (124, 0, 124, 0, 0)


def test_a_note_counts_in_each_pair_of_its_lines_and_goals() -> None:
    table = coverage([ONE, TWO])
    cell = table.cell("C2", 9)

    assert cell is not None
    assert (cell.notes, cell.expected, cell.step) == (2, True, 2)
    assert [(row.line, row.notes) for row in table.rows if row.notes] == [("C2", 2), ("C4", 1)]
    assert (table.recorded, table.missing, table.extra, table.notes) == (3, 121, 2, 2)


def test_what_the_matrix_does_not_expect_is_counted_and_marked_never_refused() -> None:
    cell = coverage([TWO]).cell("C4", 8)

    assert cell is not None
    assert (cell.notes, cell.is_extra, cell.is_gap) == (1, True, False)


def test_a_pair_named_twice_in_one_note_counts_once() -> None:
    cell = coverage([Tagged(("C2", "C2"), (9, 9))]).cell("C2", 9)

    assert cell is not None
    assert cell.notes == 1


def test_tones_rise_with_the_number_of_notes() -> None:
    steps = [getattr(coverage([ONE] * notes).cell("C2", 9), "step", None) for notes in range(7)]

    assert steps == [0, 1, 2, 3, 3, 4, 4]


def test_the_widest_gaps_come_first_and_five_are_shown() -> None:
    gaps = [(row.line, row.gaps, row.expected) for row in coverage([ONE]).widest_gaps]

    assert gaps == [("C3", 17, 17), ("C10", 13, 13), ("C4", 11, 11), ("C7-EAGR", 10, 10), ("C5", 9, 9)]


def test_an_unknown_line_or_goal_has_no_cell() -> None:
    assert coverage([]).cell("C99", 1) is None
    assert coverage([Tagged(("C99",), (1,))]).recorded == 0
