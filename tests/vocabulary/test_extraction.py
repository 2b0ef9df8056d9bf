from importlib.resources import files

from eventapp.vocabulary.data.extraction import titles


def test_translators_get_each_title_once_with_its_line() -> None:
    with files("eventapp.vocabulary.data").joinpath("goals.json").open("rb") as file:
        found = list(titles(file, [], [], {}))

    assert len(found) == len({message for _line, _function, message, _comments in found}) == 34
    assert [message for _line, _function, message, _comments in found][:2] == [
        "No poverty",
        "End poverty in all its forms everywhere",
    ]
