"""Languages a note may be in, by their own names: the six of the United Nations, and those most heard in the region."""

TONGUES = {
    "en": "English", "fr": "Français", "es": "Español", "ru": "Русский", "zh": "中文", "ar": "العربية",
    "th": "ไทย", "ja": "日本語", "ko": "한국어", "hi": "हिन्दी", "bn": "বাংলা", "ur": "اردو", "fa": "فارسی",
    "id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "vi": "Tiếng Việt", "km": "ខ្មែរ", "lo": "ລາວ",
    "my": "မြန်မာ", "mn": "Монгол", "ne": "नेपाली", "si": "සිංහල", "ta": "தமிழ்", "dz": "རྫོང་ཁ",
    "tr": "Türkçe", "pt": "Português",
}  # fmt: skip
