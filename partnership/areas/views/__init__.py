"""The pages about an area's people: the register, each office, and what follows when one changes."""
