"""What everybody changes for themselves: the own passphrase and PIN, each behind the passphrase of now."""

from bedside.chart.errors import UserError
from bedside.service.permissions import Action, needs
from bedside.service.session import Session
from bedside.store.people import PASSPHRASE_CHANGED


@needs(Action.WORK)
def change_passphrase(session: Session, present: str, new: str) -> None:
    """Give oneself a new passphrase; UserError when the present one is not right or the new one is empty."""
    _prove(session, present)
    session.store.people.set_passphrase(session.user, new, event=PASSPHRASE_CHANGED)


@needs(Action.WORK)
def set_pin(session: Session, passphrase: str, pin: str) -> None:
    """Set the own PIN; UserError when the passphrase is not right or the PIN is too easily guessed."""
    _prove(session, passphrase)
    session.store.people.set_pin(session.user, pin)


@needs(Action.WORK)
def has_pin(session: Session) -> bool:
    """Return whether the person has set a PIN."""
    return session.store.people.has_pin(session.user)


def prove_pin(session: Session, pin: str) -> None:
    """Return when this is the person's own PIN; raise WrongPin, PinWaits or NoPin."""
    session.store.people.prove_pin(session.user, pin)


def _prove(session: Session, passphrase: str) -> None:
    name, _ = session.store.people.unlock(session.user, passphrase)
    if name != session.user:
        raise UserError("This is not your own passphrase.", "Sign in under the other name; nothing was changed.")
