"""From what is stored to what is known, from what is asked to what is stored."""
