from eventapp.vocabulary.participants import CATEGORIES, SHAPES, STAKEHOLDER_TYPES


def test_categories_are_in_order_of_protocol() -> None:
    assert list(CATEGORIES) == [
        *("MEM", "ASM", "OBS", "IGO", "UN", "SPA", "NGO", "PRS", "ACA", "TEC", "RES", "MED", "SEC")
    ]
    assert [one.rank for one in CATEGORIES.values()] == list(range(1, 14))


def test_every_category_can_be_told_apart_without_colour() -> None:
    assert len({one.letter for one in CATEGORIES.values()}) == len(CATEGORIES)
    assert {one.shape for one in CATEGORIES.values()} - set(SHAPES) == set()
    assert {one.stakeholder for one in CATEGORIES.values()} - set(STAKEHOLDER_TYPES) == set()


def test_three_categories_stand_for_a_country() -> None:
    assert {one.code: one.represents for one in CATEGORIES.values() if one.represents != "organization"} == {
        "MEM": "member",
        "ASM": "associate",
        "OBS": "state",
    }
