"""Owns the doors from a form to the service: all work on the worker, answers on the main thread."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from bedside.chart.base import Entry
from bedside.chart.enums import VoidScope
from bedside.chart.errors import UserError
from bedside.chart.patient import Patient
from bedside.knowledge.limits import LimitFinding, check
from bedside.service.drafts import NOBODY, draft, drop_draft, keep_draft
from bedside.service.record import Recorded, correct, record, record_all, void
from bedside.service.second_person import with_second_person
from bedside.service.session import Session
from bedside.service.signing import sign_with
from bedside.ui.background import Background
from bedside.ui.forms.context import DraftText, Request, Saved
from bedside.ui.forms.secret_rows import PIN, SECOND, SECOND_SECRET
from bedside.ui.forms.unsaved import Unsaved
from bedside.ui.troubles import Trouble


class OwnDrafts:
    """The drafts of one author of forms that are of nobody in the store yet."""

    def __init__(self, session: Session, background: Background) -> None:
        self._session, self._background = session, background

    def load_draft(self, form: str, done: Callable[[DraftText | None], None]) -> None:
        """Bring back the author's own draft of a form."""
        self._background.run(partial(_load, self._session, NOBODY, form), done)

    def store_draft(self, form: str, body: str, done: Callable[[DraftText], None]) -> None:
        """Keep a draft."""
        self._background.run(partial(_keep, self._session, NOBODY, form, body), done, retell=_lost_draft)

    def drop_draft(self, form: str) -> None:
        """Forget a draft."""
        self._background.run(partial(drop_draft, self._session, NOBODY, form))


class Doors:
    """The service as the forms of one patient use it."""

    def __init__(self, session: Session, background: Background, patient: Patient) -> None:
        self._session, self._background, self._patient = session, background, patient

    def now(self) -> datetime:
        """The present moment in the ward's zone."""
        return self._session.now()

    def check(self, entry: Entry) -> Sequence[LimitFinding]:
        """What the knowledge refuses or doubts about an entry."""
        today = self._session.now().date()
        return check(entry, self._session.knowledge, birth_date=self._patient.birth_date, now_day=today)

    def save(self, request: Request, done: Callable[[Saved], None], failed: Callable[[Trouble], None]) -> None:
        """Store a request; done comes after the durable commit."""
        self._store(partial(_store, self._session, self._patient.mrn, request), (request,), (done, failed))

    def save_all(
        self,
        requests: Sequence[Request],
        done: Callable[[tuple[Saved, ...]], None],
        failed: Callable[[Trouble], None],
    ) -> None:
        """Store new entries together or not at all; done comes after the durable commit."""
        self._store(partial(_store_all, self._session, self._patient.mrn, requests), requests, (done, failed))

    def _store(
        self,
        store: Callable[[], Any],
        requests: Sequence[Request],
        answers: tuple[Callable[[Any], None], Callable[[Trouble], None]],
    ) -> None:
        """Store on the worker; whoever has left by the time it fails is told whose it was, and what."""
        unsaved = Unsaved(self._session, self._patient, requests)
        self._background.run(partial(unsaved.carry_out, store), *answers, retell=unsaved.told)

    def load_draft(self, form: str, done: Callable[[DraftText | None], None]) -> None:
        """Bring back the author's own draft of a form."""
        self._background.run(partial(_load, self._session, self._patient.mrn, form), done)

    def store_draft(self, form: str, body: str, done: Callable[[DraftText], None]) -> None:
        """Keep a draft."""
        self._background.run(partial(_keep, self._session, self._patient.mrn, form, body), done, retell=_lost_draft)

    def drop_draft(self, form: str) -> None:
        """Forget a draft."""
        self._background.run(partial(drop_draft, self._session, self._patient.mrn, form))


def _store(session: Session, mrn: str, request: Request) -> Saved:
    done = _recorded(session, mrn, request)
    _forget_drafts(session, mrn, [request])
    return Saved(done.entry, session.now(), session.user, done.changes)


def _store_all(session: Session, mrn: str, requests: Sequence[Request]) -> tuple[Saved, ...]:
    stored = record_all(session, mrn, [request.fields for request in requests], confirmed=True)
    _forget_drafts(session, mrn, requests)
    now = session.now()
    return tuple(Saved(done.entry, now, session.user, done.changes) for done in stored)


def _forget_drafts(session: Session, mrn: str, requests: Sequence[Request]) -> None:
    """Forget the drafts of what is stored now, so that nobody is offered it again; what is stored stays stored."""
    for form in {request.draft for request in requests if request.draft}:
        with suppress(UserError):
            drop_draft(session, mrn, form)


def _recorded(session: Session, mrn: str, request: Request) -> Recorded:
    fields = dict(request.fields)
    session = _proved(session, request.secrets)
    if fields["kind"] == "void":
        return void(session, mrn, fields["voids"], fields["reason"], VoidScope(fields["scope"]))
    if request.supersedes is not None:
        return correct(session, mrn, request.supersedes, fields, request.reason, confirmed=True)
    return record(session, mrn, fields, confirmed=True)


def _proved(session: Session, secrets: Mapping[str, str]) -> Session:
    """The session for one deed: signed where the PIN was given, with the second person where one gave a secret."""
    if secrets.get(PIN):
        session = sign_with(session, secrets[PIN])
    if secrets.get(SECOND):
        session = with_second_person(session, secrets[SECOND], secrets.get(SECOND_SECRET, ""))
    return session


def _load(session: Session, mrn: str, form: str) -> DraftText | None:
    body = draft(session, mrn, form)
    if body is None:
        return None
    kept = json.loads(body)
    return DraftText(json.dumps(kept["rows"], ensure_ascii=False), datetime.fromisoformat(kept["kept_at"]))


def _keep(session: Session, mrn: str, form: str, body: str) -> DraftText:
    now = session.now()
    kept = {"kept_at": now.isoformat(timespec="seconds"), "rows": json.loads(body)}
    keep_draft(session, mrn, form, json.dumps(kept, ensure_ascii=False))
    return DraftText(body, now)


def _lost_draft(trouble: Trouble) -> Trouble:
    return replace(trouble, is_lost_draft=True)
