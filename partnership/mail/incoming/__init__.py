"""What comes in: read from a mailbox, taken apart without believing any of it, and kept once."""
