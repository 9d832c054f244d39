"""What a Word file of ours carries for our own reader, so that a file that comes back is not taken for more than it says."""

# The style of the characters that number a section or a paragraph. We number ourselves, so the reader drops them.
PASSAGE_NUMBER = "Passage Number"
