"""What goes on by itself, between requests."""
