"""The build: remembered values, outputs, the pipeline."""
