"""Tests of the table of roles: as the design draws it, and in front of every service function."""

import ast
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from inspect import isfunction, signature
from itertools import combinations
from types import ModuleType
from typing import Any, cast

import pytest

import bedside.service
from bedside.chart.errors import UserError
from bedside.service.permissions import ALLOWED, EMERGENCY, NEEDS, Action, NotAllowed, Role, may, needs, permit
from bedside.service.session import Session
from tests.conftest import ROOT
from tests.service.people import ROLES, as_person

TABLE = """
READ              physician nurse       auditor
RECORD            physician nurse
WITNESS           physician nurse
CORRECT_OTHERS    physician
SETTLE            physician
OVERRIDE_GRADE    physician
DECIDE            physician
SIGN_SUMMARY      physician
IDENTIFY          physician
EXPORT_SUMMARY    physician
PRINT_WARD_LIST   physician nurse
IMPORT_COUNTS     physician nurse lead
IMPORT_CHARTS     physician       lead
EXPORT_CHARTS     physician       lead
PEOPLE                            lead
BACK_UP                           lead
RESTORE                           lead
CHANGE_SETTINGS                   lead
READ_AUDIT                        lead auditor
VERIFY                            lead auditor
EMERGENCY_ACCESS                  lead
WORK              physician nurse lead auditor
"""
EXPECTED = {Action[name]: set(roles) for name, *roles in (line.split() for line in TABLE.split("\n") if line)}

Door = Callable[..., Any]


def doors() -> dict[str, Door]:
    """Every function of the service that has a door, by module and name."""
    found: dict[str, Door] = {}
    for module in pkgutil.iter_modules(bedside.service.__path__, "bedside.service."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if hasattr(value, NEEDS):
                found[f"{value.__module__}.{name}"] = value
    return found


DOORS = doors()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", Action)
def test_that_a_role_allows_exactly_what_the_table_says(action: Action, role: str) -> None:
    assert may({role}, action) is (role in EXPECTED[action])


def test_that_every_action_and_role_stands_in_the_table() -> None:
    assert set(EXPECTED) == set(Action) == set(ALLOWED)
    assert {role.value for role in Role} == set(ROLES)


@pytest.mark.parametrize("action", Action)
def test_that_several_roles_allow_what_any_of_them_allows_and_none_allows_nothing(action: Action) -> None:
    for held in (*combinations(ROLES, 2), ROLES):
        assert may(held, action) is bool(EXPECTED[action] & set(held))
    assert not may((), action)
    assert not may(("surgeon", "Lead", "physician "), action)


def test_that_an_action_without_a_line_is_allowed_to_nobody() -> None:
    assert not may(ROLES, cast("Action", "fly"))


def test_that_emergency_access_allows_reading_and_recording_and_nothing_else() -> None:
    assert {action for action in Action if may({EMERGENCY}, action)} == {Action.READ, Action.RECORD}


@pytest.mark.parametrize("name", sorted(DOORS))
@pytest.mark.parametrize("role", ROLES)
def test_that_every_door_opens_to_the_roles_of_its_action_alone(session: Session, name: str, role: str) -> None:
    action: Action = getattr(DOORS[name], NEEDS)
    person = as_person(session, "Synthetic Person", role)
    before = session.store.head()
    if role in EXPECTED[action]:
        permit(person, action)
    else:
        with pytest.raises(NotAllowed) as refused:
            DOORS[name](person)
        assert refused.value.action is action
    assert session.store.head() == before


def test_that_a_door_lets_in_before_anything_else_is_done(session: Session) -> None:
    done: list[str] = []

    @needs(Action.PEOPLE)
    def work(session: Session, what: str) -> str:
        done.append(session.user)
        return what

    assert work(as_person(session, "Ann", "lead"), "x") == "x"
    with pytest.raises(NotAllowed):
        work(as_person(session, "Bob", "physician", "nurse"), "x")
    assert done == ["Ann"]


def test_that_a_refusal_says_in_plain_words_who_may(session: Session) -> None:
    with pytest.raises(UserError) as refused:
        permit(as_person(session, "Bob", "nurse", "auditor"), Action.CORRECT_OTHERS)
    assert refused.value.what_happened == (
        "With the roles auditor and nurse you may not correct or void what somebody else recorded."
    )
    assert refused.value.what_to_do == "That is for physicians; nothing was changed."
    with pytest.raises(UserError, match=r"Without a role .* physicians, nurses or auditors"):
        permit(as_person(session, "Bob"), Action.READ)


def used_outside() -> Iterator[Any]:
    """Everything that the window, the command line and the composition take from the service."""
    files = [path for room in ("ui", "cli", "app") for path in (ROOT / "bedside" / room).rglob("*.py")]
    for path in (*files, ROOT / "bedside" / "compose.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bedside.service"):
                for alias in node.names:
                    yield from _taken(str(node.module), alias.name)


def _taken(module_name: str, name: str) -> Iterator[Any]:
    module = importlib.import_module(module_name)
    if hasattr(module, name) and not isinstance(getattr(module, name), ModuleType):
        yield getattr(module, name)
    else:
        inner = importlib.import_module(f"{module_name}.{name}")
        yield from (one for one in vars(inner).values() if getattr(one, "__module__", "") == inner.__name__)


def test_that_whatever_is_called_from_outside_with_a_session_has_a_door() -> None:
    taken = [one for one in used_outside() if isfunction(one)]
    assert len(taken) > 8
    with_session = [one for one in taken if list(signature(one).parameters)[:1] == ["session"]]
    assert [one.__qualname__ for one in with_session if not hasattr(one, NEEDS)] == []
