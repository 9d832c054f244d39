"""The parts of the access matrix: who asks (cast), of what (states), and which answers are right (expectations)."""
