import pytest
from flask import Flask

from eventapp.ground.web.uploads import Unfit
from eventapp.inputs.files import DOCX, MOST_PARTS, ODT, PDF, kind_of
from tests.make_inputs import docx, packed

ODT_PARTS = {"mimetype": ODT, "content.xml": "<office>Words</office>"}
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>'


def test_a_document_is_what_is_in_it(app: Flask) -> None:
    assert kind_of(b"%PDF-1.7\nwords\n%%EOF\n") == PDF
    assert kind_of(docx()) == DOCX
    assert kind_of(packed(ODT_PARTS)) == ODT


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04 and then nothing",
        b"%PDF-1.7\ncut off",
        docx()[:-30],
        docx("<w>never closed"),
        docx(BOMB),
        docx(**{"word/vbaProject.bin": "macro"}),
        packed({**ODT_PARTS, "Basic/Standard/Module1.xml": "macro"}),
        packed({"page.html": "<p>words"}),
        packed({"mimetype": ODT}),
        docx("<w>" + "a" * (31 * 1024 * 1024) + "</w>"),
        packed({f"part{number}": "" for number in range(MOST_PARTS + 1)}),
    ],
    ids=["html", "no zip", "cut pdf", "cut docx", "broken xml", "entities", "macro", "basic", "a zip", "no text", "large",
         "many"],
)  # fmt: skip
def test_what_is_no_sound_document_is_refused_with_a_sentence(app: Flask, content: bytes) -> None:
    with app.test_request_context(), pytest.raises(Unfit) as unfit:
        kind_of(content)
    assert str(unfit.value).endswith(".")


def test_a_changed_byte_is_noticed(app: Flask) -> None:
    content = docx(**{"word/media/picture.png": "a picture of the village"})
    broken = content.replace(b"a picture of the village", b"a picture of the vilLage")
    assert broken != content
    with app.test_request_context(), pytest.raises(Unfit):
        kind_of(broken)
