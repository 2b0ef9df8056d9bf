"""The letters of a meeting in its own words, as organizers write them and see them as their readers do."""
