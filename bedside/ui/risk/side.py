"""Owns the right column of the risk view: alerts, then sections of lines with their heads."""

from collections.abc import Mapping

from bedside.chart.assessment import Assessment
from bedside.chart.base import Entry
from bedside.ui.criteria import CriteriaWords
from bedside.ui.risk.facts import ALERT_KINDS, rule_words, sections
from bedside.ui.risk.opinion import opinion_sections
from bedside.ui.risk.words import unbroken
from bedside.ui.widgets.alert import Alert
from bedside.ui.widgets.section_column import SectionColumn


class SideColumn(SectionColumn):
    """What stands beside the criteria."""

    def show_assessment(self, assessment: Assessment, entries: Mapping[str, Entry], words: CriteriaWords) -> None:
        """Show alerts and sections of an assessment."""
        definition = words.definition(assessment.bca.definition)
        self.clear()
        for alert in assessment.alerts:
            widget = Alert(ALERT_KINDS[alert.level])
            self._add(widget)
            statement, _point, rest = unbroken(alert.text).partition(". ")
            widget.show_words(
                f"{statement.rstrip('.')}.", " ".join(part for part in (rest, rule_words(alert.rule)) if part)
            )
            self._space(4)
        self._add_sections(opinion_sections(assessment, words.source))
        self._add_sections(sections(assessment, entries, definition))
