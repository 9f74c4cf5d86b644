"""The scenario catalogue: files that say what happens and what is seen, played in a browser and told in a report."""
