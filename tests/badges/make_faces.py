"""Badges to print in tests. People are invented."""

from typing import Any

from eventapp.badges.printing.faces import BadgeFace

NAMES = {  # the language of the own name: the two names
    "th": ("Anong Suksawat", "อนงค์ สุขสวัสดิ์"),
    "dz": ("Tshering Dorji", "ཚེ་རིང་རྡོ་རྗེ"),
    "ar": ("Samira Haddad", "سميرة حداد"),
    "ja": ("Kenji Watanabe", "渡辺 健二"),
    "lo": ("Bounmy Phommasack", "ບຸນມີ ພົມມະສັກ"),
    "km": ("Sok Chanthou", "សុខ ចន្ធូ"),
    "my": ("Aung Kyaw Moe", "အောင်ကျော်မိုး"),
    "hi": ("Priya Sharma", "प्रिया शर्मा"),
    "bn": ("Farzana Rahman", "ফারজানা রহমান"),
    "ta": ("Kavitha Mani", "கவிதா மணி"),
    "ml": ("Priya Nair", "പ്രിയ നായർ"),
    "he": ("Yael Cohen", "יעל כהן"),
    "zh-Hans": ("Li Wenjing", "李文静"),
    "ko": ("Kim Min-ji", "김민지"),
    "ru": ("Olga Ivanova", "Ольга Иванова"),
    "ka": ("Nino Beridze", "ნინო ბერიძე"),
}


def face(number: int = 1, **facts: Any) -> BadgeFace:
    """A member State's badge, unless the facts say otherwise."""
    defaults: dict[str, Any] = {
        "reference": f"R-{number:04d}",
        "name": "Anong Suksawat",
        "delegation": "Thailand",
        "class_label": "Member State",
        "letter": "M",
        "shape": "square",
        "colour": "#123f7a",
        "ink": "#ffffff",
        "code": f"7KQ2M4XZ9BTRC5{number:06d}",
        "event": ("Spring review", f"Bangkok, 16 March 2026 · R-{number:04d}"),
    }
    return BadgeFace(**{**defaults, **facts})
