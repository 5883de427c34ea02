"""The place: private files, and no store where other computers write too."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bedside.chart.errors import UserError
from bedside.store.backup import FOLDER, backups_in
from bedside.store.creation import FirstUser
from bedside.store.place import cloud_folder, filesystem_of, prepare_folder, refuse_shared_place, write_file
from bedside.store.restoring import Restoration
from bedside.store.station import Station
from bedside.store.store import Store
from bedside.store.swap import KEPT
from tests.conftest import FixedClock
from tests.store.wards import CHEAP, PASSPHRASE, USER, Clock, NewId, Ward, count, make_ward

MOUNTS = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
31 27 0:30 / /srv/ward rw,relatime shared:5 - nfs4 server:/export rw,vers=4.2
32 31 0:33 / /srv/ward/local rw - ext4 /dev/vdb rw
33 27 0:35 / /media/My\040Share rw - cifs //server/share rw
34 27 0:36 / /media/keys rw,nosuid - fuse.sshfs grace@server: rw
nonsense
35 27 0:37 / /srv/wardrobe
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/bedside", "ext4"),
        ("/srv/ward", "nfs4"),
        ("/srv/ward/bedside/store", "nfs4"),
        ("/srv/ward/local/bedside", "ext4"),
        ("/srv/wardrobe/bedside", "ext4"),
        ("/media/My Share/bedside", "cifs"),
        ("/media/keys", "fuse.sshfs"),
        ("/proc/1", "proc"),
    ],
)
def test_that_the_file_system_is_that_of_the_deepest_mount(folder: str, kind: str) -> None:
    assert filesystem_of(Path(folder), MOUNTS) == kind


def test_that_a_later_mount_on_the_same_place_counts() -> None:
    again = MOUNTS + "40 27 0:40 / /srv/ward rw - ext4 /dev/vdc rw\n"
    assert filesystem_of(Path("/srv/ward/x"), again) == "ext4"
    assert filesystem_of(Path("/srv/ward"), "") is None


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "vboxsf"])
def test_that_a_network_drive_is_refused_with_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"27 1 254:0 / / rw - {kind} server:/export rw\n")
    monkeypatch.setattr("bedside.store.place._MOUNTS", mounts)
    with pytest.raises(UserError, match=f"network drive.*{kind}") as caught:
        prepare_folder(tmp_path / "store")
    assert caught.value.exit_code == 2
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "name",
    ["Dropbox", "dropbox (Ward 5)", "OneDrive - Clinic", "Google Drive", "GoogleDrive", "iCloud Drive", "Nextcloud"],
)
def test_that_a_folder_of_a_cloud_service_is_refused(tmp_path: Path, name: str) -> None:
    assert cloud_folder(Path("/srv/x") / name / "bedside") == name
    with pytest.raises(UserError, match="cloud service"):
        refuse_shared_place(tmp_path / name / "bedside")


def test_that_a_link_into_a_cloud_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "x").mkdir(parents=True)
    (tmp_path / "store").symlink_to(tmp_path / "Dropbox" / "x")
    with pytest.raises(UserError, match="cloud service"):
        prepare_folder(tmp_path / "store")


@pytest.mark.parametrize("name", ["dropboxer", "my-onedrive-notes", "icloudy", "boxes", "drive", "store"])
def test_that_a_folder_that_only_sounds_similar_is_accepted(name: str) -> None:
    assert cloud_folder(Path("/srv/x") / name) is None


def test_that_only_the_owner_may_read_the_store(ward: Ward) -> None:
    store = ward.open()
    store.drafts.save("blood_count", "patient-1", "{}")
    found = {path.name: path.stat().st_mode & 0o777 for path in ward.folder.iterdir()}
    store.close()
    assert {"bedside.db", "bedside.db-wal", "bedside.db-shm", "keys.json", "keys-copy.json"} <= found.keys()
    assert set(found.values()) == {0o600}
    everything = list(ward.folder.rglob("*"))
    assert ward.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in everything if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in everything if path.is_file()} == {0o600}


@pytest.mark.skipif(sys.platform == "win32", reason="groups are another matter there")
def test_that_a_folder_that_is_shared_with_a_group_stays_so_in_everything_that_is_made(
    folder: Path, clock: FixedClock, new_id: NewId
) -> None:
    folder.mkdir()
    folder.chmod(0o2770)
    before = os.umask(0o077)
    try:
        ward = make_ward(folder, clock, new_id)
        ward.open().close()
        (backup,) = backups_in(folder / FOLDER)
        clock.advance(hours=2)
        store = ward.open()
        store.append([count(99)])
        store.backups.copy_journal(folder / "copies")
        store.close()
        Restoration(folder, backup, ward.key, clock()).carry_out()
        ward.open().close(backup=False)
    finally:
        os.umask(before)
    everything = [folder, *folder.rglob("*")]
    assert {path.stat().st_mode & 0o7777 for path in everything if path.is_dir()} == {0o2770}
    assert {path.stat().st_mode & 0o777 for path in everything if path.is_file()} == {0o660}
    assert folder / KEPT in everything


@pytest.mark.skipif(sys.platform == "win32", reason="groups are another matter there")
@pytest.mark.parametrize("mode", [0o770, 0o2750, 0o755, 0o777])
def test_that_any_other_folder_is_made_the_owners_alone(folder: Path, clock: Clock, new_id: NewId, mode: int) -> None:
    folder.mkdir()
    folder.chmod(mode)
    make_ward(folder, clock, new_id)
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(sys.platform == "win32", reason="groups are another matter there")
def test_that_rights_that_are_too_wide_are_taken_back_at_the_next_opening(ward: Ward) -> None:
    ward.folder.chmod(0o755)
    for path in ward.folder.iterdir():
        path.chmod(0o644)
    ward.open(read_only=True).close()
    assert ward.folder.stat().st_mode & 0o777 == 0o755, "a reader changes nothing"
    ward.open().close(backup=False)
    assert ward.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in ward.folder.iterdir()} == {0o600}


def test_that_an_unwritable_folder_is_told(tmp_path: Path, clock: Clock, new_id: NewId) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot write into the folder") as caught:
        Store.create(Station(tmp_path / "file" / "store", clock, new_id), FirstUser(USER, PASSPHRASE, CHEAP))
    assert caught.value.exit_code == 2
    assert (tmp_path / "file").read_text() == ""


def test_that_a_file_that_cannot_be_written_whole_keeps_its_old_content(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    write_file(path, b"old")
    program = (
        "import resource, sys, pathlib\nfrom bedside.store.place import write_file\n"
        "from bedside.chart.errors import UserError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n    write_file(pathlib.Path(sys.argv[1]), bytes(5000))\n"
        "except UserError as error:\n    print(error)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert "could not be written" in answer.stdout
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["keys.json"]


def test_that_a_file_system_without_locks_is_refused(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr("fcntl.flock", unknown)
    with pytest.raises(UserError, match="cannot be locked"):
        ward.open()
    monkeypatch.undo()
    ward.open().close(backup=False)
