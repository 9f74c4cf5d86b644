"""A wizard that takes a clinic from nothing to a proven Google Calendar Sync."""
