"""The commands `bedside users` and `bedside audit`: who may use the store, and what was done with it."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from bedside import compose
from bedside.chart.formats import moment_text
from bedside.cli.sign_in import (
    first_line,
    new_passphrase,
    noting,
    read_passphrase,
    store_folder,
    typed_secret,
    writing,
)
from bedside.cli.speaking import DONE, say

if TYPE_CHECKING:
    from bedside.service.session import Session
    from bedside.service.users import User


def users(options: argparse.Namespace) -> int:
    """Carry out one of the sub-commands of `bedside users`."""
    if options.what == "list":
        return _list(options)
    if options.what == "recover":
        return _recover(options)
    with writing(options) as session:
        _CHANGES[options.what](session, options)
    say(_DONE[options.what].format(name=options.name))
    return DONE


def _list(options: argparse.Namespace) -> int:
    from bedside.service.users import users as listed

    with noting(options) as session:
        found = listed(session)
        zone = session.zone
    if options.json:
        print(json.dumps({"users": [_fields(user) for user in found]}, ensure_ascii=False))
        return DONE
    width = max(len(user.name) for user in found)
    for user in found:
        seen = "never signed in" if user.seen is None else f"last here {moment_text(user.seen, zone)}"
        state = "disabled" if user.disabled else "with a PIN" if user.has_pin else "without a PIN"
        print(f"{user.name:<{width}}  {', '.join(user.roles)}; {state}; {seen}")
    return DONE


def _fields(user: "User") -> dict[str, object]:
    return {
        "name": user.name,
        "roles": list(user.roles),
        "disabled": user.disabled,
        "pin": user.has_pin,
        "seen": None if user.seen is None else user.seen.isoformat(timespec="seconds"),
    }


def _add(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.users import add_user

    add_user(session, options.name, options.roles.split(","), new_passphrase(options))


def _disable(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.users import disable_user

    disable_user(session, options.name)


def _enable(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.users import enable_user

    enable_user(session, options.name, new_passphrase(options))


def _reset(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.users import reset_passphrase

    reset_passphrase(session, options.name, new_passphrase(options))


def _reset_pin(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.users import reset_pin

    reset_pin(session, options.name)


def _roles(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.users import change_roles

    change_roles(session, options.name, options.roles.split(","))


def _passphrase(session: "Session", options: argparse.Namespace) -> None:
    from bedside.service.own_keys import change_passphrase

    options.name = session.user
    change_passphrase(session, read_passphrase(options), new_passphrase(options))


_CHANGES: Mapping[str, Callable[["Session", argparse.Namespace], None]] = {
    "add": _add,
    "disable": _disable,
    "enable": _enable,
    "reset": _reset,
    "reset-pin": _reset_pin,
    "roles": _roles,
    "passphrase": _passphrase,
}

_DONE = {
    "add": "{name} can sign in.",
    "disable": "{name} can sign in no more; what {name} recorded stays as it is.",
    "enable": "{name} can sign in again, with the new passphrase.",
    "reset": "{name} has a new passphrase and no PIN.",
    "reset-pin": "{name} has no PIN, and can set one after signing in.",
    "roles": "{name} has the new roles from the next signing in on.",
    "passphrase": "{name} has a new passphrase.",
}


def _recover(options: argparse.Namespace) -> int:
    """Open the store with its printed recovery code, and give a user a new passphrase."""
    from bedside.service.users import recover_user

    code = first_line(options.code_file, "code file") if options.code_file else _typed_code()
    session = compose.recovery_session(store_folder(options), code, clinical=False)
    try:
        name = recover_user(session, options.name, new_passphrase(options))
    finally:
        session.close()
    say(f"{name} can sign in with the new passphrase.")
    return DONE


def _typed_code() -> str:
    return typed_secret("Recovery code: ", "recovery code", "--code-file FILE")


def audit(options: argparse.Namespace) -> int:
    """Print what was done with the store, the newest first, for a lead or an auditor."""
    from bedside.service.audit_log import audit_log

    with noting(options) as session:
        found = audit_log(session, options.mrn)
        zone = session.zone
    if options.json:
        events = [
            {
                "number": one.number,
                "at": one.at.isoformat(timespec="seconds"),
                "user": one.user,
                "roles": one.roles.split(",") if one.roles else [],
                "event": one.event,
                "text": one.words,
                "mrn": one.mrn,
            }
            for one in found
        ]
        print(json.dumps({"events": events}, ensure_ascii=False))
        return DONE
    for one in found:
        patient = f" ({one.mrn})" if one.mrn else ""
        print(f"{one.number:>6}  {moment_text(one.at, zone)}  {one.user}: {one.words}{patient}")
    return DONE
