from eventapp.vocabulary.notes import CEILINGS, NOTE_KINDS, OUTLETS, SUPPORTS, lowest_ceiling
from eventapp.vocabulary.sessions import KIND_MARKS, SESSION_KINDS, SPEAKING_ROLES
from eventapp.vocabulary.term import choices


def test_a_note_has_twelve_kinds_and_each_list_reads_in_words() -> None:
    assert len(NOTE_KINDS) == 12
    assert choices(CEILINGS) == [
        ("person", "Person"),
        ("organization", "Organization"),
        ("category", "Category"),
        ("nobody", "Nobody"),
    ]
    assert (len(SUPPORTS), len(OUTLETS), len(SPEAKING_ROLES)) == (5, 6, 10)


def test_several_sources_are_named_no_further_than_the_most_reserved_allows() -> None:
    assert lowest_ceiling("person", "category", "organization") == "category"
    assert lowest_ceiling("person") == "person"


def test_every_kind_of_session_has_its_mark() -> None:
    assert list(KIND_MARKS) == list(SESSION_KINDS)
