"""Finding sessions in the published agenda: by words, day, room, kind, person and language."""
