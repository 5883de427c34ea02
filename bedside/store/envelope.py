"""The key in its envelope: one random data key, wrapped once per user under a passphrase, and its recovery code."""

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from binascii import Error as NotBase32
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from bedside.chart.errors import UserError
from bedside.store.cipher import KEY_BYTES

SALT_BYTES = 16
NONCE_BYTES = 12
LEAST_KIB_A_LANE = 8
CODE_CHECK_BYTES = 3
LONGEST_PASSPHRASE = 1_024
CODE_GROUP = 4


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at a passphrase costs: memory in KiB, passes over it, parallel lanes (Argon2id)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        """Raise ValueError for a cost that Argon2id does not know: a file may have been edited."""
        if not all(type(part) is int and part > 0 for part in (self.memory_kib, self.passes, self.lanes)):
            raise ValueError("a cost is made of whole numbers")
        if self.memory_kib < LEAST_KIB_A_LANE * self.lanes:
            raise ValueError("a cost has too little memory for its lanes")


STANDARD_COST = Cost()
"""64 MiB and 3 passes: about a quarter of a second for each guess."""

_HARDEST = Cost(memory_kib=1024 * 1024, passes=20, lanes=16)


@dataclass(frozen=True, slots=True)
class Slot:
    """One user's envelope: who may open it, as what, at which cost, and the wrapped data key."""

    user: str
    role: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes


def new_key() -> bytes:
    """Return a random data key of KEY_BYTES bytes."""
    return secrets.token_bytes(KEY_BYTES)


def user_name(text: str) -> str:
    """Return a user name in NFC without outer spaces; raise UserError when nobody could read it as a name."""
    name = unicodedata.normalize("NFC", text).strip()
    if not any(letter.isalnum() for letter in name) or len(name) > 64 or not name.isprintable():
        raise UserError(
            "A user name has 1 to 64 printable characters, a letter among them.",
            "Choose another user name; nothing was changed.",
        )
    return name


def require_passphrase(passphrase: str) -> None:
    """Raise UserError when a passphrase that somebody chooses is empty, or longer than every box takes."""
    if not passphrase:
        raise UserError("The passphrase is empty.", "Choose a passphrase; nothing was changed.")
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise UserError(
            f"The passphrase is longer than {LONGEST_PASSPHRASE} characters.", "Choose another; nothing was changed."
        )


def seal(key: bytes, *, user: str, role: str, passphrase: str, store_id: str, cost: Cost) -> Slot:
    """Return the data key wrapped with AES-GCM under Argon2id(passphrase), bound to user, role, cost and store."""
    require_passphrase(passphrase)
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    bound = _bound(user, role, cost, store_id)
    wrapped = AESGCM(derive(passphrase, salt, cost)).encrypt(nonce, key, bound)
    return Slot(user=user, role=role, cost=cost, salt=salt, nonce=nonce, wrapped=wrapped)


class NotLetIn(UserError):
    """The name is unknown, the passphrase is wrong or the user is disabled: nobody is told which."""

    def __init__(self) -> None:
        super().__init__("The user name or the passphrase is not right.", "Check both and try again.")


def unseal(slot: Slot | None, *, passphrase: str, store_id: str, cost: Cost = STANDARD_COST) -> bytes:
    """Return the data key, else raise NotLetIn; an unknown user (None) takes as long as a wrong passphrase would.

    `cost` is what the attempt at an unknown user is made to cost.
    """
    cost = cost if slot is None else slot.cost
    require_bearable(cost)
    derived = derive(passphrase, bytes(SALT_BYTES) if slot is None else slot.salt, cost)
    if slot is None:
        raise NotLetIn
    try:
        return AESGCM(derived).decrypt(slot.nonce, slot.wrapped, _bound(slot.user, slot.role, cost, store_id))
    except InvalidTag as error:
        raise NotLetIn from error


def require_bearable(cost: Cost) -> None:
    """Raise NotLetIn for a cost that no Bedside asks for: a forged file must not bind the computer."""
    if cost.memory_kib > _HARDEST.memory_kib or cost.passes > _HARDEST.passes or cost.lanes > _HARDEST.lanes:
        raise NotLetIn


def derive(secret: str, salt: bytes, cost: Cost, bound: bytes | None = None) -> bytes:
    """Return 32 bytes derived from what a person types; the same letters in another Unicode form give the same bytes.

    `bound` is what the result is good for alone, such as the name of the person and the store.
    """
    derivation = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib, ad=bound
    )
    return derivation.derive(unicodedata.normalize("NFC", secret).encode())


def _bound(user: str, role: str, cost: Cost, store_id: str) -> bytes:
    return json.dumps(
        ["bedside-slot-1", store_id, user, role, cost.memory_kib, cost.passes, cost.lanes], ensure_ascii=False
    ).encode()


def recovery_code(key: bytes) -> str:
    """Return the data key with a checksum as 56 base32 letters and digits, in 14 groups of four."""
    letters = base64.b32encode(key + _code_check(key)).decode()
    return "-".join(letters[start : start + CODE_GROUP] for start in range(0, len(letters), CODE_GROUP))


def key_of_code(code: str) -> bytes:
    """Return the data key of a recovery code, however spaced and in either case; raise UserError on a slip."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    letters = letters.replace("0", "O").replace("1", "I").replace("8", "B")
    try:
        content = base64.b32decode(letters)
    except (NotBase32, ValueError):
        content = b""
    key, check = content[:KEY_BYTES], content[KEY_BYTES:]
    if len(key) != KEY_BYTES or not hmac.compare_digest(check, _code_check(key)):
        raise UserError(
            "The recovery code is not complete or has a slip in it.", "Compare it with the printed code, sign by sign."
        )
    return key


def _code_check(key: bytes) -> bytes:
    return hashlib.sha256(b"bedside-recovery-1" + key).digest()[:CODE_CHECK_BYTES]


def key_check(key: bytes, store_id: str) -> str:
    """Return the mark by which a store recognises its own data key without opening the database (64 hex digits)."""
    return hmac.new(key, b"bedside-key-check-1" + store_id.encode(), hashlib.sha256).hexdigest()
