"""Every table and every query: one noun, one file. Nobody else speaks SQL."""
