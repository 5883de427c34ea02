"""Needles: after a whole session no file in the store's folder holds a readable word of a patient or a secret."""

import base64
from pathlib import Path

from tests.store.wards import FAMILY_NAME, MRN, PASSPHRASE, PATIENT, Ward, count

NEEDLES = (FAMILY_NAME, MRN, PATIENT, "Synthetic One", "Needlenote", "Needledraft", "blood_count", PASSPHRASE)


def found_in(folder: Path, needles: list[bytes]) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [(path.name, needle) for path in files for needle in needles if needle in path.read_bytes()]


def in_every_form(word: str) -> list[bytes]:
    return [word.encode(), word.encode("utf-16-le"), word.encode().hex().encode(), base64.b64encode(word.encode())]


def test_that_no_file_holds_a_needle_while_open_after_closing_or_in_a_backup(ward: Ward) -> None:
    needles = [form for word in NEEDLES for form in in_every_form(word)]
    needles += [ward.key, ward.key.hex().encode(), ward.code.encode(), ward.code.replace("-", "").encode()]
    store = ward.open()
    store.append([count(number) for number in range(200)])
    store.drafts.save("blood_count", PATIENT, '{"note":"Needledraft"}')
    store.record_event("export", PATIENT, {"to": FAMILY_NAME})
    reader = ward.open(read_only=True)
    assert len(reader.bodies(PATIENT)) > 200
    assert found_in(ward.folder, needles) == []
    reader.close()
    store.close()
    assert (ward.folder / "backups").is_dir()
    assert found_in(ward.folder, needles) == []


def test_that_the_search_for_needles_would_find_one(ward: Ward) -> None:
    (ward.folder / "leak.txt").write_text(f"seen: {FAMILY_NAME}")
    assert found_in(ward.folder, in_every_form(FAMILY_NAME)) == [("leak.txt", FAMILY_NAME.encode())]
