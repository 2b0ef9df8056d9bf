"""When people with a part cannot take part: asked by the link of the part, shown to planners, warned of."""
