"""Operations: is it well, is it ready, what does it count."""
