from eventapp.vocabulary.lines import ACTION_LINES, in_line_order


def test_eighteen_lines_can_be_tagged_in_the_order_of_the_prizes() -> None:
    assert list(ACTION_LINES) == [
        *("C1", "C2", "C3", "C4", "C5", "C6"),
        *("C7-EGOV", "C7-EBUS", "C7-ELEA", "C7-EHEA", "C7-EEMP", "C7-EENV", "C7-EAGR", "C7-ESCI"),
        *("C8", "C9", "C10", "C11"),
    ]
    assert [line.order for line in ACTION_LINES.values()] == list(range(1, 19))
    assert [line.prize_category for line in ACTION_LINES.values()] == list(range(1, 19))


def test_a_line_reads_as_number_and_title() -> None:
    line = ACTION_LINES["C7-EAGR"]

    assert (line.label, line.short_code, line.head) == ("C7 E-agriculture", "C7 agr", "C7")
    assert line.facilitators == ("FAO", "ITU")
    assert ACTION_LINES["C10"].label == "C10 Ethical dimensions"
    assert ACTION_LINES["C10"].short_code == "C10"


def test_lines_are_put_in_order_with_themes_of_a_meeting_behind_them_as_they_came() -> None:
    assert in_line_order(["P2", "C11", "C2", "P1", "C7-ESCI", "P2"]) == ["C2", "C7-ESCI", "C11", "P2", "P1"]
