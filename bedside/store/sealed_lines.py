"""Lines of text sealed in a file: a header in clear, then chunks under AES-GCM that know their place and their end."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bedside.chart.errors import StoreDamaged

CHUNK = 1 << 16
"""How many bytes of text one chunk holds, but for the last one."""

_LONGEST_HEADER = 1 << 16
_LENGTH_BYTES, _COUNTER_BYTES = 4, 11
_TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class _Seal:
    """The key of one file, bound to its header: a chunk fits one place of one file only."""

    cipher: AESGCM
    bound: bytes

    def nonce(self, number: int, *, last: bool) -> bytes:
        return number.to_bytes(_COUNTER_BYTES, "big") + bytes([last])


def write(stream: BinaryIO, header: Mapping[str, Any], key: bytes, lines: Iterable[str]) -> None:
    """Write the header and the sealed lines; `key` (32 bytes) must seal this one file only."""
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    stream.write(head)
    seal, waiting, number = _Seal(AESGCM(key), hashlib.sha256(head).digest()), bytearray(), 0
    for line in lines:
        waiting += line.encode() + b"\n"
        while len(waiting) > CHUNK:
            _write_chunk(stream, seal, (number, bytes(waiting[:CHUNK])), last=False)
            del waiting[:CHUNK]
            number += 1
    _write_chunk(stream, seal, (number, bytes(waiting)), last=True)


def _write_chunk(stream: BinaryIO, seal: _Seal, chunk: tuple[int, bytes], *, last: bool) -> None:
    number, text = chunk
    sealed = seal.cipher.encrypt(seal.nonce(number, last=last), text, seal.bound)
    stream.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)


def header_of(path: Path) -> dict[str, Any] | None:
    """Return the header of a file, or None when it has none."""
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.readline(_LONGEST_HEADER))
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def read(path: Path, key: bytes) -> Iterator[str]:
    """Yield the lines of a file; StoreDamaged at the first chunk that is not as written, cut off or out of place."""
    with path.open("rb") as stream:
        seal = _Seal(AESGCM(key), hashlib.sha256(stream.readline(_LONGEST_HEADER)).digest())
        rest = b""
        for text in _chunks(stream, seal):
            *whole, rest = (rest + text).split(b"\n")
            yield from (line.decode() for line in whole)
    if rest:
        raise _damaged()


def _chunks(stream: BinaryIO, seal: _Seal) -> Iterator[bytes]:
    number, last = 0, False
    while not last:
        size = int.from_bytes(stream.read(_LENGTH_BYTES), "big")
        sealed = stream.read(size) if size <= CHUNK + _TAG_BYTES else b""
        if len(sealed) < max(size, _TAG_BYTES):
            raise _damaged()
        after = stream.read(1)
        stream.seek(-len(after), 1)
        last = not after
        try:
            yield seal.cipher.decrypt(seal.nonce(number, last=last), sealed, seal.bound)
        except InvalidTag as error:
            raise _damaged() from error
        number += 1


def _damaged() -> StoreDamaged:
    return StoreDamaged("The copy of the journal is damaged, cut off, or sealed with another key.")
