"""The typed document: its model, its file, its schema, its merge after a re-import."""
