"""Which language a note is in: sure, or silent."""

import pytest

from eventapp.record.reading.tongue import spoken_in, tongue_in


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Access to the network is still too expensive for small islands.", "en"),
        ("Lack of staff in ministries.", "en"),
        ("L'accès au réseau reste trop cher pour les petites îles.", "fr"),
        ("Merci pour le rapport.", "fr"),
        ("Nous proposons un fonds régional d'ici à 2027.", "fr"),
        ("The Asia Foundation a indiqué que le coût de la connexion avait baissé de 20 pour cent.", "fr"),
        ("El acceso a la red sigue siendo demasiado caro para las islas pequeñas.", "es"),
        ("O acesso à rede continua muito caro para as pequenas ilhas e não há investimento.", "pt"),
        ("Akses jaringan masih terlalu mahal untuk pulau-pulau kecil dan tidak ada dana.", "id"),
        ("Akses kepada rangkaian masih mahal kerana pulau kecil tidak mempunyai dana, bahawa ini ialah masalah.", "ms"),
        ("Việc truy cập mạng vẫn còn quá đắt đối với các đảo nhỏ.", "vi"),
        ("Ağa erişim küçük adalar için hâlâ çok pahalı ve bu bir sorun.", "tr"),
        ("Доступ к сети всё ещё слишком дорог для малых островов.", "ru"),
        ("Жижиг арлуудад сүлжээний хүртээмж үнэтэй байна.", "mn"),
        ("لا يزال الوصول إلى الشبكة مكلفا للغاية في الجزر الصغيرة.", "ar"),
        ("دسترسی به شبکه برای جزایر کوچک گران است.", "fa"),
        ("چھوٹے جزائر کے لیے نیٹ ورک تک رسائی مہنگی ہے۔", "ur"),
        ("对小岛屿来说，上网仍然过于昂贵。", "zh"),
        ("小島嶼にとって接続費用は高すぎる。", "ja"),
        ("작은 섬에는 접속 비용이 너무 비싸다.", "ko"),
        ("การเข้าถึงเครือข่ายยังแพงเกินไป", "th"),
        ("छोटे द्वीपों के लिए नेटवर्क तक पहुंच अभी भी महंगी है।", "hi"),
        ("साना टापुहरूका लागि सञ्जाल महँगो छ र यो समस्या हो।", "ne"),
        ("ছোট দ্বীপের জন্য সংযোগ ব্যয়বহুল।", "bn"),
        ("ការតភ្ជាប់នៅតែថ្លៃពេក", "km"),
    ],
)
def test_a_sentence_is_known_by_its_script_or_its_small_words(text: str, tongue: str) -> None:
    assert tongue_in(text) == tongue


@pytest.mark.parametrize(
    "text",
    [
        "École nationale de la statistique et de l'administration économique presented its survey.",
        "Médecins Sans Frontières, Agence française de développement and Institut de recherche noted progress.",
        "The Ministère de l'économie numérique et de la communication would share its data.",
        "Électricité du Laos and Alliance française de Bangkok proposed a fund.",
        "La Francophonie and Organisation internationale de la Francophonie supported it.",
        "The programme “Les écoles de la mer pour tous” was praised.",
        "Fiji asked for more.",
        "UNESCO, Agence universitaire de la Francophonie: costs fall.",
    ],
)
def test_an_english_note_with_a_french_name_is_not_taken_for_french(text: str) -> None:
    assert tongue_in(text) in ("", "en")
    assert spoken_in(text, "en") == "en"


@pytest.mark.parametrize("text", ["", "Fiji", "96 %", "ITU, UNDP", "Costs fell."])
def test_what_is_not_sure_is_left_to_whoever_wrote_it(text: str) -> None:
    assert not tongue_in(text)
    assert spoken_in(text, "fr") == "fr"
