"""Preview: watch, serve, reload."""
