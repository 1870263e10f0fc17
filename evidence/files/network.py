"""A process that can reach no network, nor can any program that it starts: the kernel refuses it."""

import ctypes
import errno
import platform
from typing import NamedTuple

_NO_NEW_PRIVILEGES, _SET_FILTER, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER, _MACHINE, _FIRST = 0, 4, 16  # where a system call's facts lie
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_INTERNET = (2, 10)  # address families


class _Machine(NamedTuple):
    """How the kernel calls a processor, and the numbers of ``socket`` and ``io_uring_setup`` on it."""

    audit: int
    socket: int
    ring: int


_MACHINES = {"x86_64": _Machine(0xC000003E, 41, 425), "aarch64": _Machine(0xC00000B7, 198, 425)}


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("then", ctypes.c_ubyte),
        ("otherwise", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    ]


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.POINTER(_Instruction))]


def cut_off() -> bool:
    """This process and all that it will start can open no internet socket; false where the kernel cannot.

    Sockets within the machine go on working. It cannot be undone.
    """
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _program(machine)
    code = _Filter(len(program), (_Instruction * len(program))(*program))
    library = ctypes.CDLL(None)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    refused: int = library.prctl(_SET_FILTER, _FILTER, ctypes.byref(code), 0, 0)
    return not refused


def _program(machine: _Machine) -> list[_Instruction]:
    """Refuse foreign system calls, rings and internet sockets; each jump counts the lines that it skips."""
    return [
        _Instruction(_LOAD, 0, 0, _MACHINE),
        _Instruction(_EQUAL, 0, 7, machine.audit),
        _Instruction(_LOAD, 0, 0, _NUMBER),
        _Instruction(_EQUAL, 5, 0, machine.ring),
        _Instruction(_EQUAL, 0, 3, machine.socket),
        _Instruction(_LOAD, 0, 0, _FIRST),
        _Instruction(_EQUAL, 2, 0, _INTERNET[0]),
        _Instruction(_EQUAL, 1, 0, _INTERNET[1]),
        _Instruction(_RETURN, 0, 0, _ALLOW),
        _Instruction(_RETURN, 0, 0, _REFUSE),
    ]
