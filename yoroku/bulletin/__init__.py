"""From bulletin bytes to a briefing: decode, outline, facts."""
