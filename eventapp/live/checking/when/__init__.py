"""When letters about live changes leave, in the settings of a meeting."""
