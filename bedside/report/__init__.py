"""The handoff PDF: an assessed chart drawn on paper."""
