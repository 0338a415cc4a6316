"""What is proved beyond the paper, and the lemmas behind it."""
