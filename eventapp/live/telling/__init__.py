"""Who hears of a live change: one letter to whoever has a part in what moved or chose it, with old and new times."""
