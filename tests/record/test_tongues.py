"""The language of a text, as far as its letters and words show."""

import pytest

from eventapp.record.reading.tongue import spoken_in
from eventapp.vocabulary.tongues import SCRIPTS, TONGUES


@pytest.mark.parametrize(
    ("text", "said", "tongue"),
    [
        ("วิทยุชุมชนเข้าถึงเกษตรกร", "en", "th"),
        ("农民通过手机收听广播。", "en", "zh"),
        ("農家はラジオを聞く。", "en", "ja"),
        ("وصلت الإذاعة إلى المزارعين", "en", "ar"),
        ("رادیو به کشاورزان رسید", "fa", "fa"),
        ("किसानों तक रेडियो", "ne", "ne"),
        ("농민은 라디오를 듣는다", "fr", "ko"),
        ("Farmers listen to the radio.", "en", "en"),
        ("Les agriculteurs écoutent la radio.", "en", "en"),
        ("Les agriculteurs écoutent la radio dans leurs champs.", "en", "fr"),
        ("Farmers said สวัสดี to the radio.", "en", "en"),
        ("ITU จัดประชุมที่กรุงเทพ", "en", "th"),
        ("radio fang", "th", "th"),
        ("2016: 40 %", "en", "en"),
        ("", "fr", "fr"),
    ],
)
def test_a_text_is_in_the_language_that_was_said_unless_letters_or_words_are_not(
    text: str, said: str, tongue: str
) -> None:
    assert spoken_in(text, said) == tongue


def test_every_language_of_a_script_is_one_that_can_be_chosen() -> None:
    assert {tongue for tongues in SCRIPTS.values() for tongue in tongues} <= set(TONGUES)
