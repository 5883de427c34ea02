"""The store's place on the disk: which folders are fit for it, who may read them, and writing a file as a whole."""

import os
import re
import shutil
import stat
import sys
from contextlib import suppress
from pathlib import Path

from bedside.chart.errors import UserError

DATABASE = "bedside.db"
"""The name of the encrypted database in the store's folder."""

NETWORK_FILESYSTEMS = frozenset(
    {"afs", "beegfs", "ceph", "cifs", "coda", "davfs", "davfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4"}
    | {"prl_fs", "smb", "smb2", "smb3", "smbfs", "vboxsf", "webdav"}
    | {"fuse.ceph", "fuse.davfs2", "fuse.dropbox", "fuse.glusterfs", "fuse.google-drive-ocamlfuse"}
    | {"fuse.gvfsd-fuse", "fuse.onedriver", "fuse.pcloud", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs"}
    | {"fuse.sshfs", "fuse.vmhgfs-fuse"}
)
"""Kinds of file system that other computers write to, so that neither locks nor shared memory hold on them."""

LOW_DISK_BYTES = 200_000_000
"""The free space that every store needs, however small it is."""

_CLOUD_FOLDER = re.compile(
    r"(dropbox|onedrive|google ?drive|googledrive|icloud|mobile documents|cloudstorage|nextcloud|owncloud|pcloud"
    r"|box sync|seafile)(\W.*)?$",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([0-7]{3})")
_MOUNTS = Path("/proc/self/mountinfo")
_WINDOWS_REMOTE_DRIVE = 4


def prepare_folder(folder: Path) -> None:
    """Make the folder (mode 0700) or tighten it; raise UserError where a store must not or cannot stand.

    A folder that is shared with a group stays so.
    """
    refuse_shared_place(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not is_shared(folder):
            folder.chmod(0o700)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise UserError(
            f"Bedside cannot write into the folder {folder}: {reason(error)}.",
            "Ask for the right to write there, or choose another folder.",
        ) from error


FileMark = tuple[int, int]
"""Which file it is, whatever its name: its file system, and its number there."""


def file_mark(path: Path) -> FileMark | None:
    """Return which file lies there, None where none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def is_shared(folder: Path) -> bool:
    """Return whether an administrator lets a group work in the folder (setgid, the group may do everything).

    So several accounts of one workstation work at one store; everywhere else its files are its owner's alone.
    """
    mode = folder.stat().st_mode
    return bool(mode & stat.S_ISGID) and mode & stat.S_IRWXG == stat.S_IRWXG


def file_mode(folder: Path) -> int:
    """Return the mode of the store's files in a folder."""
    return 0o660 if is_shared(folder) else 0o600


def tighten(folder: Path) -> None:
    """Take from everybody else what they may do in a store's folder that is not shared, where this account can."""
    if is_shared(folder) or sys.platform == "win32":
        return
    for path, mode in ((folder, 0o700), *((one, 0o600) for one in folder.iterdir() if one.is_file())):
        if path.stat().st_mode & 0o077:
            with suppress(OSError):
                path.chmod(mode)


def make_folder(folder: Path, *, exist_ok: bool = False) -> None:
    """Make a folder of the store (mode 0700, or shared like the one it lies in)."""
    there = folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=exist_ok)
    if not there and is_shared(folder.parent):
        folder.chmod(0o2770)


def refuse_shared_place(folder: Path) -> None:
    """Raise UserError when the folder lies on a network drive or in a folder that a cloud service synchronises."""
    found = cloud_folder(folder) or cloud_folder(folder.resolve())
    if found is not None:
        raise UserError(
            f"The folder {folder} is kept in step by a cloud service ({found}), which can tear a store apart.",
            "Choose a folder on this computer's own disk.",
        )
    kind = _network_drive(folder.resolve())
    if kind is not None:
        raise UserError(
            f"The folder {folder} lies on a network drive ({kind}), where saved entries are not safe.",
            "Choose a folder on this computer's own disk.",
        )


def cloud_folder(folder: Path) -> str | None:
    """Return the part of the path that names a cloud service's folder, or None."""
    return next((part for part in folder.parts if _CLOUD_FOLDER.match(part)), None)


def filesystem_of(folder: Path, mountinfo: str) -> str | None:
    """Return the kind of file system that holds the folder, from the text of Linux's mountinfo, or None."""
    best, kind = Path(""), None
    for line in mountinfo.splitlines():
        front, found, back = line.partition(" - ")
        fields = front.split()
        if not found or len(fields) < 5 or not back.split():
            continue
        mount = Path(_ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), fields[4]))
        if folder.is_relative_to(mount) and len(mount.parts) >= len(best.parts):
            best, kind = mount, back.split()[0]
    return kind


def _network_drive(folder: Path) -> str | None:
    if sys.platform == "win32":
        import ctypes

        remote = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor) == _WINDOWS_REMOTE_DRIVE
        return "shared folder" if remote or folder.anchor.startswith("\\\\") else None
    kind = filesystem_of(folder, _MOUNTS.read_text(errors="replace")) if _MOUNTS.exists() else None
    return kind if kind in NETWORK_FILESYSTEMS else None


def free_space(folder: Path) -> int:
    """Return the free bytes on the disk that holds a folder."""
    return shutil.disk_usage(folder).free


def needed_space(folder: Path) -> int:
    """Return the free bytes below which a store's disk is low: room for some backups, never less than 200 MB."""
    return max(LOW_DISK_BYTES, 3 * (folder / DATABASE).stat().st_size)


def write_file(path: Path, content: bytes) -> None:
    """Write a file (mode 0600, shared 0660) so that a crash leaves either the old content or the new, never a part."""
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            _share(part)
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UserError(
            f"The file {path} could not be written: {reason(error)}.", "Free some space or the right, then try again."
        ) from error


def create_empty(path: Path) -> None:
    """Create an empty file with mode 0600, 0660 in a shared folder; SQLite gives its log files the same mode."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    _share(path)


def _share(path: Path) -> None:
    """Let the group at a new file in a shared folder, whatever the account's own umask says."""
    if is_shared(path.parent):
        path.chmod(0o660)


def flush_folder(folder: Path) -> None:
    """Flush a folder's list of names to the disk, where the system knows how."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: OSError) -> str:
    """Return the system's own short reason, in lower case."""
    return (error.strerror or type(error).__name__).lower()
