"""The operating system's lock on an open file, which ends with its process."""

import os
import sys
import time

if sys.platform == "win32":
    import msvcrt
else:
    import errno
    import fcntl

_POLL_SECONDS = 0.1
_FAR_BEHIND = 1 << 30  # Windows lets nobody read a locked byte, so one is locked that is never written


def acquired(file: int, wait_seconds: float) -> bool:
    """Take the lock; False where somebody else still holds it after `wait_seconds`.

    Raises OSError where the file system knows no locks.
    """
    deadline = time.monotonic() + wait_seconds
    while not _taken(file):
        if time.monotonic() >= deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


if sys.platform == "win32":

    def _taken(file: int) -> bool:
        os.lseek(file, _FAR_BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def release(file: int) -> None:
        """Let others in."""
        os.lseek(file, _FAR_BEHIND, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:

    def _taken(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return False
            raise
        return True

    def release(file: int) -> None:
        """Let others in."""
        fcntl.flock(file, fcntl.LOCK_UN)
