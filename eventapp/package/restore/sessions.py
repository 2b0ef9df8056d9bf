from eventapp.ground.db.types import Record


def own_texts(texts: Record) -> Record:
    """The texts of a session without the name of its body, which the body has itself."""
    own = {tongue: {name: text for name, text in words.items() if name != "body"} for tongue, words in texts.items()}
    return {tongue: words for tongue, words in own.items() if words}
