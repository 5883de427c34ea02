"""Gives the timeline what the toxicity view draws on it; imported with the plotting library, when first shown."""

from bedside.ui.overview.course import CourseFacts
from bedside.ui.overview.timeline import Content
from bedside.ui.toxicity.lanes import toxicity_lanes
from bedside.ui.toxicity.tracks import toxicity_tracks


def toxicity_content(facts: CourseFacts) -> Content:
    """The lanes and tracks of a course's toxicity."""
    return toxicity_lanes(facts), toxicity_tracks(facts)
