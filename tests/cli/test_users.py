"""Tests of the users and the audit log on the command line."""

import json

import pytest

from bedside.cli import sign_in
from tests.cli.conftest import USER, Station
from tests.service.charts import INDEX_MRN

NURSE = "Synthetic Night"


def secret(station: Station, text: str) -> str:
    return station.file(f"secret-{text}", f"{text}\n".encode())


@pytest.fixture
def with_nurse(station: Station) -> Station:
    """The store with a nurse in it."""
    new = ("--new-passphrase-file", secret(station, "Wald"))
    code, out, err = station.at_store("users", "add", NURSE, "--roles", "nurse", *new)
    assert (code, out, err) == (0, "", f"{NURSE} can sign in.\n")
    return station


def as_nurse(station: Station, *arguments: str) -> tuple[int, str, str]:
    key = secret(station, "Wald")
    return station.run(*arguments, "--store", str(station.store), "--user", NURSE, "--passphrase-file", key)


@pytest.mark.parametrize("again", ["Gr\u00fcne Wiese", "Gru\u0308ne Wiese"])
def test_that_a_new_passphrase_is_typed_twice_however_its_letters_are_composed(
    station: Station, monkeypatch: pytest.MonkeyPatch, again: str
) -> None:
    typed = iter(["Gru\u0308ne Wiese", again])
    monkeypatch.setattr(sign_in, "getpass", lambda _prompt: next(typed))
    monkeypatch.setattr(sign_in, "_require_terminal", lambda *_: None)
    code, _, err = station.at_store("users", "add", NURSE, "--roles", "nurse")
    assert (code, err) == (0, f"{NURSE} can sign in.\n")


def listed(station: Station) -> dict[str, tuple[list[str], bool]]:
    code, out, _ = station.at_store("users", "list", "--json")
    assert code == 0
    return {one["name"]: (one["roles"], one["disabled"]) for one in json.loads(out)["users"]}


def test_that_users_are_added_listed_changed_and_disabled(with_nurse: Station) -> None:
    assert listed(with_nurse) == {NURSE: (["nurse"], False), USER: (["lead", "physician"], False)}
    assert as_nurse(with_nurse, "board")[0] == 0
    assert with_nurse.at_store("users", "roles", NURSE, "--roles", "auditor,nurse")[0] == 0
    assert listed(with_nurse)[NURSE] == (["auditor", "nurse"], False)
    assert with_nurse.at_store("users", "disable", NURSE)[0] == 0
    assert listed(with_nurse)[NURSE] == (["auditor", "nurse"], True)
    code, out, err = as_nurse(with_nurse, "board")
    assert (code, out) == (2, "")
    assert err == "bedside: The user name or the passphrase is not right. Check both and try again.\n"
    again = ("--new-passphrase-file", secret(with_nurse, "Wald"))
    assert with_nurse.at_store("users", "enable", NURSE, *again)[0] == 0
    assert as_nurse(with_nurse, "board")[0] == 0


def test_that_the_list_reads_as_lines(with_nurse: Station) -> None:
    as_nurse(with_nurse, "assess", "--mrn", INDEX_MRN)
    code, out, err = with_nurse.at_store("users", "list")
    assert (code, err) == (0, "")
    nurse, first = out.splitlines()
    assert nurse.startswith(f"{NURSE}  nurse; without a PIN; last here ")
    assert first.startswith(f"{USER}  lead, physician; without a PIN; last here ")


def test_that_a_forgotten_passphrase_and_pin_are_reset(with_nurse: Station) -> None:
    new = ("--new-passphrase-file", secret(with_nurse, "Moor"))
    assert with_nurse.at_store("users", "reset", NURSE, *new)[0] == 0
    assert as_nurse(with_nurse, "board")[0] == 2
    assert with_nurse.at_store("users", "reset-pin", NURSE) == (
        0,
        "",
        f"{NURSE} has no PIN, and can set one after signing in.\n",
    )


def test_that_everybody_changes_the_own_passphrase(with_nurse: Station) -> None:
    new = ("--new-passphrase-file", secret(with_nurse, "Heide"))
    assert as_nurse(with_nurse, "users", "passphrase", *new) == (0, "", f"{NURSE} has a new passphrase.\n")
    assert as_nurse(with_nurse, "board")[0] == 2


def test_that_users_are_a_lead_s_alone_and_nothing_is_changed_for_others(with_nurse: Station) -> None:
    before = listed(with_nurse)
    for command in (("users", "list"), ("users", "disable", USER), ("audit",), ("verify",)):
        code, out, err = as_nurse(with_nurse, *command)
        assert (code, out) == (2, "")
        assert err.startswith("bedside: With the role nurse you may not ")
    assert listed(with_nurse) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "Eve", "--roles", "surgeon"), "There is no role surgeon."),
        (("add", USER.upper(), "--roles", "nurse"), "is taken"),
        (("disable", "Nobody"), "There is no user Nobody"),
        (("disable", USER), "Nobody can disable themselves."),
        (("roles", USER, "--roles", "physician"), "only lead"),
    ],
)
def test_that_what_cannot_be_done_is_said_in_a_sentence(
    station: Station, arguments: tuple[str, ...], said: str
) -> None:
    new = ("--new-passphrase-file", secret(station, "x")) if arguments[0] == "add" else ()
    code, out, err = station.at_store("users", *arguments, *new)
    assert (code, out) == (2, "")
    assert said in err


def test_that_the_recovery_code_gives_a_new_passphrase(station: Station) -> None:
    folder = str(station.folder / "another")
    first = ("--store", folder, "--user", "Ada", "--passphrase-file", secret(station, "old"))
    code, out, _ = station.run("init", *first)
    assert code == 0
    new = secret(station, "new")
    paper = station.file("paper", out.encode())
    code, out, err = station.run(
        "users", "recover", "ada", "--store", folder, "--code-file", paper, "--new-passphrase-file", new
    )
    assert (code, out, err) == (0, "", "Ada can sign in with the new passphrase.\n")
    assert station.run("board", *first)[0] == 2
    assert station.run("board", "--store", folder, "--user", "Ada", "--passphrase-file", new)[0] == 0
    slip = station.file("slip", b"AAAA\n")
    assert (
        station.run("users", "recover", "Ada", "--store", folder, "--code-file", slip, "--new-passphrase-file", new)[0]
        == 2
    )


def test_that_the_audit_log_tells_who_looked_at_a_patient(with_nurse: Station) -> None:
    assert as_nurse(with_nurse, "assess", "--mrn", INDEX_MRN)[0] == 0
    code, out, _ = with_nurse.at_store("audit", "--mrn", INDEX_MRN)
    assert code == 0
    (line,) = out.splitlines()
    assert line.endswith(f"{NURSE}: opened the chart ({INDEX_MRN})")
    events = json.loads(with_nurse.at_store("audit", "--json")[1])["events"]
    assert events[0]["event"] == "sign_in"
    assert [one["number"] for one in events] == list(range(len(events), 0, -1))
    opened = next(one for one in events if one["event"] == "chart_opened")
    assert (opened["user"], opened["roles"], opened["mrn"]) == (NURSE, ["nurse"], INDEX_MRN)
