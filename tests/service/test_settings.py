"""Tests of the jurisdiction of a store: it reaches every assessment, the board's rows too."""

import pytest

from bedside.chart.errors import UserError
from bedside.chart.moments import AsOf
from bedside.service.board_rows import board_at_once, work_out
from bedside.service.exchange_files import import_file
from bedside.service.planning import planning
from bedside.service.read import Opened, opened
from bedside.service.session import Session
from bedside.service.settings import change_setting, settings
from tests.service.charts import INDEX, INDEX_MRN
from tests.service.people import as_person

DAY = AsOf.parse("2020-07-31")


def labels(found: Opened) -> list[str]:
    return [one.label for one in found.assessment.indication]


def test_that_the_labels_of_the_jurisdiction_count_in_everything_that_is_derived(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    european = opened(session, INDEX_MRN, DAY)
    change_setting(session, "jurisdiction", "us")
    american = opened(session, INDEX_MRN, DAY)
    assert (european.jurisdiction, american.jurisdiction) == ("eu", "us")
    assert labels(european) != labels(american)
    scene = planning(american, session.knowledge).scene
    assert scene.jurisdiction == "us"


def test_that_rows_of_another_jurisdiction_are_worked_out_again(session: Session) -> None:
    import_file(session, "index.json", INDEX)
    work_out(session, [INDEX_MRN], DAY)
    assert board_at_once(session, DAY).stale == ()
    change_setting(session, "jurisdiction", "us")
    assert board_at_once(session, DAY).stale == (INDEX_MRN,)


def test_that_only_a_lead_changes_the_jurisdiction(session: Session) -> None:
    physician = as_person(session, "Synthetic Day", "physician")
    with pytest.raises(UserError, match="may not change settings"):
        change_setting(physician, "jurisdiction", "us")
    assert settings(session).jurisdiction == "eu"
