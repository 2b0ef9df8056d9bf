from itertools import chain

from eventapp.badges.printing.batches import Batch, batches
from eventapp.badges.printing.faces import BadgeFace
from tests.badges.make_faces import NAMES, face


def test_han_characters_are_set_apart_and_each_form_of_them() -> None:
    faces = in_turn("zh-Hans", "th", "ko", "ar", "ja", "th") * 17  # more than a hundred

    made = batches(faces, 1)

    assert [languages(batch) for batch in made] == [{"ja"}, {"ko"}, {"zh-Hans"}, {"th", "ar"}]


def test_of_a_hundred_or_fewer_two_forms_are_set_together() -> None:
    """Each press more takes longer to start than few badges take to set; three forms would be 100 MB in one press."""
    two, three = in_turn("zh-Hans", "th", "ja", "ar"), in_turn("zh-Hans", "th", "ja", "ko")

    assert [batch.pages for batch in batches(two, 1)] == [(0, 2), (1, 3)]
    assert [batch.pages for batch in batches(three, 1)] == [(2,), (3,), (0,), (1,)]


def test_every_page_is_in_one_batch_with_its_own_badges() -> None:
    faces = in_turn(*NAMES) * 20

    made = batches(faces, 4)

    placed = sorted(chain.from_iterable(zip(batch.pages, fours(batch), strict=True) for batch in made))
    assert [page for page, _faces in placed] == list(range(len(faces) // 4))
    assert list(chain.from_iterable(four for _page, four in placed)) == faces


def test_a_press_sets_fewer_badges_where_it_reads_the_han_fonts() -> None:
    assert [len(batch.faces) for batch in batches(in_turn("ko") * 100, 1)] == [32, 32, 32, 4]
    assert [len(batch.faces) for batch in batches(in_turn("th") * 201, 1)] == [80, 80, 41]


def test_a_part_or_a_delegation_in_han_characters_counts_as_a_name_does() -> None:
    made = batches([face(1), face(2, delegation="中华人民共和国"), face(3, roles=("発言者",))], 1)

    assert [batch.pages for batch in made] == [(1, 2), (0,)]


def in_turn(*languages: str) -> list[BadgeFace]:
    return [face(n, name_own=NAMES[language][1], language_own=language) for n, language in enumerate(languages)]


def languages(batch: Batch) -> set[str]:
    return {one.language_own for one in batch.faces}


def fours(batch: Batch) -> list[tuple[BadgeFace, ...]]:
    return [batch.faces[start : start + 4] for start in range(0, len(batch.faces), 4)]
