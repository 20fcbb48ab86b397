"""Forbids this process and its children every network socket; a kernel filter, not a promise.

Run as a program it prepares every file of the folders named, with PDFs read in their guarded
child, and prints what became of them. Whoever opens an Internet socket is killed by SIGSYS, C
libraries and children included. https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

from __future__ import annotations

import ctypes
import json
import platform
import socket
import struct
import sys
import tempfile
from pathlib import Path

from fonds.loading.prepare import PrepareTools, prepare
from fonds.settings import LimitSettings, Settings
from fonds.sources.delivery import open_delivery

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_SOCKET = {"x86_64": 41, "aarch64": 198}  # the number of the system call
_NUMBER, _FIRST_ARGUMENT = 0, 16  # offsets in struct seccomp_data
SETTINGS = Settings(limits=LimitSettings(pdf_seconds=10, pdf_memory_bytes=500 * 1024 * 1024))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def forbid_network() -> None:
    """Kill the process at socket(AF_INET) and socket(AF_INET6); raises OSError."""
    steps = [
        (_LOAD, 0, 0, _NUMBER),
        (_EQUAL, 0, 4, _SOCKET[platform.machine()]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_EQUAL, 1, 0, socket.AF_INET),
        (_EQUAL, 0, 1, socket.AF_INET6),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    ]
    packed = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), packed)
    libc = ctypes.CDLL(None, use_errno=True)
    for call in (
        (_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SECCOMP, _FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*call):
            raise OSError(ctypes.get_errno(), "the kernel has no seccomp filter")


def main() -> None:
    """Prepare everything in the folders named; print codes and texts."""
    forbid_network()
    if sys.argv[1:] == ["--try"]:
        socket.socket(socket.AF_INET)
        return
    codes: list[str] = []
    texts: list[str] = []
    with PrepareTools(SETTINGS) as tools, tempfile.TemporaryDirectory() as spool:
        for folder in sys.argv[1:]:
            with open_delivery(Path(folder), SETTINGS.limits, Path(spool) / "x") as delivery:
                for item in delivery:
                    made = prepare(item, "c", tools)
                    codes += [reject.finding.code for reject in made.rejects]
                    texts += [one.index_text for one in made.documents]
                    codes += [f.code for one in made.documents for f in one.document.findings]
                    codes += ["read" for _ in made.documents]
    sys.stdout.write(json.dumps({"codes": codes, "texts": texts}))


if __name__ == "__main__":
    main()
