from eventapp.vocabulary.protocol import alphabetical, protocol_order


def test_a_list_of_participants_follows_protocol() -> None:
    people = [
        (4, "Asia-Pacific Telecommunity", "HOD", "Watanabe"),
        (1, "Thailand", "ADV", "Chai"),
        (1, "Bhutan", "REP", "Wangmo"),
        (1, "Bhutan", "HOD", "Dorji"),
        (1, "Bhutan", "", "Aaron"),
        (1, "Bhutan", "REP", "Élodie"),
    ]

    assert [who for *_, who in sorted(people, key=lambda person: protocol_order(*person))] == [
        *("Dorji", "Élodie", "Wangmo", "Aaron", "Chai", "Watanabe")
    ]


def test_accents_case_and_the_article_do_not_count() -> None:
    assert alphabetical("The Gambia") == "gambia"
    assert sorted(["Türkiye", "Tuvalu", "thailand"], key=alphabetical) == [*("thailand", "Türkiye", "Tuvalu")]
