"""Check an evidence pack of bankcore: one file, the standard library, no other code.

Written from docs/spec/evidence-pack.md alone; it shares nothing with the program that made the
pack. Run it as `python -I verify_pack.py PACK.zip`, with `--key LINE` for the public key that you
were given and `--checkpoint FILE` for checkpoints that were kept outside. Take it from a place
that you trust, not out of the pack that you check.

Exit code 0: every check passed; 5: something is wrong and named; 2: the call was wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from base64 import b64decode
from binascii import Error as NoBase64
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any, Final, NamedTuple

FORMAT: Final = "bankcore-evidence/1"
CHECKS: Final = {
    "E01": "pack: the archive can be read and holds the files it must",
    "E02": "manifest: every file has the size and SHA-256 that the manifest names",
    "E03": "seal: the manifest is signed",
    "E04": "line: every line of the log is written as the format says and shows what it holds",
    "E05": "order: positions, versions and booking dates follow each other",
    "E06": "chain: every head follows from the one before it",
    "E07": "witness: every close of day wrote down the head that the log has there",
    "E08": "root: the tree has the root that manifest and checkpoints name",
    "E09": "signature: every checkpoint is signed by the key",
    "E10": "cut: the log is as long as every checkpoint says",
    "E11": "legs: every posting follows the posting table and balances",
    "E12": "totals: the control totals are those of the legs",
    "E13": "digest: every close of day wrote down the trial balance of that point",
    "E14": "sub-ledger: every control account is the sum of its sub-ledger",
    "E15": "catalogue: the catalogue is the one that the log was sealed under",
    "E16": "rules: the rules are those that the log was sealed under",
    "E17": "findings: every finding cites events that the log holds",
}
OF_THE_WHOLE: Final = ("E01", "E03", "E08", "E09")
"""Checks whose failure leaves only what a good checkpoint sealed."""
NEEDED: Final = ("log.jsonl", "checkpoints.txt", "posting-table.json", "postings.jsonl",
                 "controls.json", "sub-ledgers.json", "findings.json", "rules.json")  # fmt: skip


class Fault(NamedTuple):
    """One thing that is wrong: which check, from which position on (0: none), in one clause."""

    code: str
    position: int
    problem: str


class WrongError(Exception):
    """A check that failed while reading; its fault is `args[0]`."""


def wrong(code: str, position: int, problem: str) -> WrongError:
    """The exception of a fault."""
    return WrongError(Fault(code, position, problem))


# msgpack, as far as a log uses it: shortest forms only, so that the bytes are the value's own.


def unpack(data: bytes) -> Any:
    """The value of msgpack bytes; `ValueError` for any other spelling of it than the shortest."""
    value, end = _unpacked(data, 0)
    if end != len(data):
        raise ValueError("bytes follow the value")
    if pack(value) != data:
        raise ValueError("not the shortest spelling of the value")
    return value


def _unpacked(data: bytes, at: int) -> tuple[Any, int]:  # noqa: C901  # one arm a type
    if at >= len(data):
        raise ValueError("the bytes end too early")
    tag, at = data[at], at + 1
    if tag < 0x80 or tag >= 0xE0:
        return (tag if tag < 0x80 else tag - 0x100), at
    if tag < 0x90:
        return _map(data, at, tag & 0x0F)
    if tag < 0xA0:
        return _array(data, at, tag & 0x0F)
    if tag < 0xC0:
        return _text(data, at, tag & 0x1F)
    if tag in _CONSTANTS:
        return _CONSTANTS[tag], at
    if tag not in _SIZED:
        raise ValueError(f"type {tag:#x} is not used in a log")
    kind, width = _SIZED[tag]
    number = int.from_bytes(_cut(data, at, width), "big", signed=kind == "signed")
    if kind in {"signed", "unsigned"}:
        return number, at + width
    if kind == "binary":
        return _cut(data, at + width, number), at + width + number
    return {"text": _text, "array": _array, "map": _map}[kind](data, at + width, number)


_CONSTANTS: Final = {0xC0: None, 0xC2: False, 0xC3: True}
_SIZED: Final = {
    0xC4: ("binary", 1), 0xC5: ("binary", 2), 0xC6: ("binary", 4),
    0xCC: ("unsigned", 1), 0xCD: ("unsigned", 2), 0xCE: ("unsigned", 4), 0xCF: ("unsigned", 8),
    0xD0: ("signed", 1), 0xD1: ("signed", 2), 0xD2: ("signed", 4), 0xD3: ("signed", 8),
    0xD9: ("text", 1), 0xDA: ("text", 2), 0xDB: ("text", 4),
    0xDC: ("array", 2), 0xDD: ("array", 4), 0xDE: ("map", 2), 0xDF: ("map", 4),
}  # fmt: skip


def _cut(data: bytes, at: int, size: int) -> bytes:
    if at + size > len(data):
        raise ValueError("the bytes end too early")
    return data[at : at + size]


def _text(data: bytes, at: int, size: int) -> tuple[str, int]:
    return _cut(data, at, size).decode(), at + size


def _array(data: bytes, at: int, size: int) -> tuple[list[Any], int]:
    items = []
    for _ in range(size):
        item, at = _unpacked(data, at)
        items.append(item)
    return items, at


def _map(data: bytes, at: int, size: int) -> tuple[dict[str, Any], int]:
    made: dict[str, Any] = {}
    for _ in range(size):
        key, at = _unpacked(data, at)
        if type(key) is not str or key in made:
            raise ValueError("the keys of a map are texts, each once")
        made[key], at = _unpacked(data, at)
    return made, at


def pack(value: Any) -> bytes:
    """The shortest msgpack of a value."""
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return _pack_int(value)
    if isinstance(value, str):
        raw = value.encode()
        return _head(len(raw), (0xA0, 32), (0xD9, 0xDA, 0xDB)) + raw
    if isinstance(value, bytes):
        return _head(len(value), (0, 0), (0xC4, 0xC5, 0xC6)) + value
    if isinstance(value, list):
        head = _head(len(value), (0x90, 16), (None, 0xDC, 0xDD))
        return head + b"".join(map(pack, value))
    head = _head(len(value), (0x80, 16), (None, 0xDE, 0xDF))
    return head + b"".join(pack(key) + pack(item) for key, item in value.items())


def _head(size: int, short: tuple[int, int], tags: tuple[int | None, int, int]) -> bytes:
    if size < short[1]:
        return bytes([short[0] | size])
    for tag, width in zip(tags, (1, 2, 4), strict=True):
        if tag is not None and size < 1 << 8 * width:
            return bytes([tag]) + size.to_bytes(width, "big")
    raise ValueError("too long")


def _pack_int(value: int) -> bytes:
    if -32 <= value < 128:
        return bytes([value & 0xFF])
    signed = value < 0
    for power, width in enumerate((1, 2, 4, 8)):
        bits = 8 * width
        if -(1 << bits - 1) <= value if signed else value < 1 << bits:
            tag = (0xD0 if signed else 0xCC) + power
            return bytes([tag]) + value.to_bytes(width, "big", signed=signed)
    raise ValueError("an integer of more than 64 bits")


# Ed25519, RFC 8032 section 5.1: verification alone.

P: Final = 2**255 - 19
L: Final = 2**252 + 27742317777372353535851937790883648493
D: Final = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE: Final = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
"""A point of the curve as `(X, Y, Z, T)` with x = X/Z, y = Y/Z, xy = T/Z."""


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _add(result, point)
        point = _add(point, point)
        factor >>= 1
    return result


def _point(raw: bytes) -> Point | None:
    """The point of 32 bytes; None when they are no point's only spelling."""
    coded = int.from_bytes(raw, "little")
    sign, y = coded >> 255, coded & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


_BASE: Final = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of 64 bytes over a message is by a public key of 32."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, s = _point(public), int.from_bytes(signature[32:], "little")
    if a is None or _BASE is None or s >= L:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % L
    minus = (P - a[0], a[1], a[2], P - a[3])
    x, y, z, _ = _add(_times(s, _BASE), _times(k, minus))
    inverse = pow(z, -1, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# Signed notes and checkpoints, after C2SP.


class Key(NamedTuple):
    """A public key with its name."""

    name: str
    raw: bytes


class Checkpoint(NamedTuple):
    """What a checkpoint says, and whether the key signed it (None: there is no key)."""

    size: int
    root: bytes
    also: dict[str, str]
    good: bool | None


def read_key(line: str) -> Key:
    """The key of a line NAME+ID+BASE64; `ValueError` for anything else."""
    name, key_id, coded = line.strip().split("+", 2)
    raw = b64decode(coded, validate=True)
    if len(raw) != 33 or raw[:1] != b"\x01" or not name or key_id != _key_id(name, raw):
        raise ValueError("is no Ed25519 key NAME+ID+BASE64")
    return Key(name, raw[1:])


def _key_id(name: str, raw: bytes) -> str:
    return sha256(name.encode() + b"\n" + raw).hexdigest()[:8]


def notes(text: str) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Text and signatures of notes that follow each other; `ValueError` for anything else."""
    parts = [part for part in text.split("\n\n") if part.strip()]
    for body, lines in zip(parts[::2], parts[1::2], strict=True):
        signatures = []
        for line in lines.strip().split("\n"):
            dash, name, coded = line.split(" ")
            if dash != "—":
                raise ValueError("a signature line begins with a dash")
            signatures.append((name, b64decode(coded, validate=True)))
        yield body.lstrip("\n") + "\n", signatures


def note_signed(text: str, signatures: Sequence[tuple[str, bytes]], key: Key) -> bool:
    """Whether one of a note's signatures is the key's."""
    key_id = bytes.fromhex(_key_id(key.name, b"\x01" + key.raw))
    return any(
        name == key.name and raw[:4] == key_id and signed(key.raw, text.encode(), raw[4:])
        for name, raw in signatures
    )


def checkpoints(text: str, key: Key | None) -> list[Checkpoint]:
    """The checkpoints of a text; `ValueError` when it is something else."""
    found = []
    for body, signatures in notes(text):
        lines = body.removesuffix("\n").split("\n")
        root = b64decode(lines[2], validate=True) if len(lines) > 2 else b""
        if len(root) != 32 or not re.fullmatch("0|[1-9][0-9]*", lines[1]):
            raise ValueError("a checkpoint is origin, size and root")
        also = {word: value for word, _, value in (line.partition(" ") for line in lines[3:])}
        good = None if key is None else note_signed(body, signatures, key)
        found.append(Checkpoint(int(lines[1]), root, also, good))
    return found


# The log.

LINE: Final = ("position", "stream", "version", "name", "envelope", "body", "state", "head")
KINDS: Final = {"position": int, "stream": str, "version": int, "name": str, "head": str}
LEG: Final = re.compile(r"(Dr|Cr) (\S+) (\S+)")
TERM: Final = re.compile(r"([+-]?)([a-z_]+)")
CLOSE: Final = "business_day.DayClosed."


@dataclass
class Walk:
    """What a walk over the log has found up to `events`."""

    table: Mapping[str, Any]
    chosen: Mapping[int, list[str]]
    cited: Mapping[str, str]
    sizes: frozenset[int]
    events: int = 0
    head: bytes = bytes(32)
    peaks: list[bytes] = field(default_factory=list)
    roots: dict[int, bytes] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    versions: Counter[str] = field(default_factory=Counter)
    day: str = ""
    legs: int = 0
    debit: int = 0
    ledger: Counter[str] = field(default_factory=Counter)
    found: set[str] = field(default_factory=set)

    def root(self) -> bytes:
        """The root of the tree over all events so far."""
        root = self.peaks[-1] if self.peaks else sha256(b"").digest()
        for peak in reversed(self.peaks[:-1]):
            root = sha256(b"\x01" + peak + root).digest()
        return root

    def trial_balance(self) -> dict[str, int]:
        """Accounts that are not zero, in order."""
        return {account: self.ledger[account] for account in sorted(self.ledger)
                if self.ledger[account]}  # fmt: skip

    def take(self, line: str) -> None:
        """Check one line of the log and take it in; raises at the first thing that is wrong."""
        at = self.events + 1
        raw, envelope, body = _line(at, line)
        stream, version = raw["stream"], raw["version"]
        if raw["position"] != at or version != self.versions[stream] + 1:
            found = f"position {raw['position']}, {stream}@{version}"
            raise wrong("E05", at, f"{found} where {at}, @{self.versions[stream] + 1} follows")
        row = pack([stream, version, raw["name"], bytes.fromhex(raw["state"])])
        head = sha256(self.head + row).digest()
        if head.hex() != raw["head"]:
            raise wrong("E06", at, f"the head of {stream}@{version} does not follow")
        if envelope["on"] < self.day or envelope.get("value", "") > envelope["on"]:
            raise wrong("E05", at, "the booking date goes back, or the value date is later")
        if raw["name"].startswith(CLOSE):
            self._close(at, body)
        self.post(at, raw["name"], body)
        self.events, self.head, self.day = at, head, envelope["on"]
        self.versions[stream] = version
        self.heads[at] = head.hex()
        self._grow(row)
        if f"{stream}@{version}" in self.cited:
            self.found.add(f"{stream}@{version}")

    def _grow(self, row: bytes) -> None:
        leaf, full = sha256(b"\x00" + row).digest(), self.events - 1
        while full & 1:
            leaf, full = sha256(b"\x01" + self.peaks.pop() + leaf).digest(), full >> 1
        self.peaks.append(leaf)
        if self.events in self.sizes:
            self.roots[self.events] = self.root()

    def _close(self, at: int, body: Mapping[str, Any]) -> None:
        if self.heads.get(body["position"]) != body["head"]:
            raise wrong("E07", at, f"it wrote down another head for position {body['position']}")
        text = "\n".join(f"{account} {minor}" for account, minor in self.trial_balance().items())
        if sha256(text.encode()).hexdigest() != body["trial_balance_digest"]:
            raise wrong("E13", at, "it wrote down another trial balance")
        self.heads = {}

    def post(self, at: int, name: str, body: Mapping[str, Any]) -> None:
        """Post the legs of an event, whose rows and accounts must be those of the table."""
        known = self.table["events"].get(name)
        if known is None:
            return
        given = (word for word in known["money"] if body.get(word) is not None)
        amounts = {word: _minor(body[word]) for word in given}
        rows = known["rows"]
        if "reversed_event" in body:
            rows = self.table["reversals"].get(body["reversed_event"], [])
            amounts = {word: -_minor(money) for word, money in body["amounts"]}
        elif known["chosen"]:
            rows = self.chosen.get(at, [])
            if not set(rows) <= set(known["rows"]):
                raise wrong("E11", at, f"{name} has no rows {rows}")
        accounts = body.get("gl", known.get("gl", {}))
        legs = [leg for row in rows for leg in self._legs(at, row, amounts, accounts)]
        if sum(minor for _, minor in legs):
            raise wrong("E11", at, f"the legs of {name} do not balance")
        for account, minor in legs:
            self.ledger[account] += minor
            self.debit += max(minor, 0)
        self.legs += len(legs)

    def _legs(
        self, at: int, row: str, amounts: Mapping[str, int], accounts: Mapping[str, str]
    ) -> Iterator[tuple[str, int]]:
        for side, place, terms in LEG.findall(self.table["rows"][row]):
            minor = sum(
                (-1 if sign == "-" else 1) * amounts.get(word, 0)
                for sign, word in TERM.findall(terms)
            )
            if minor:
                account = accounts.get(place[1:-1], "") if place.startswith("{") else place
                if account not in self.table["chart"]:
                    raise wrong("E11", at, f"row {row} has no account for {place}")
                yield account, minor if side == "Dr" else -minor


def _minor(money: Any) -> int:
    """Minor units of a stored amount: CNY is an integer, others [minor units, currency]."""
    return int(money[0] if isinstance(money, list) else money)


def _line(at: int, line: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """The fields of a line, its envelope and body as the state holds them."""
    try:
        raw = json.loads(line)
        envelope, body = unpack(bytes.fromhex(raw["state"]))
        shown = json.dumps(raw | {"envelope": envelope, "body": body}, ensure_ascii=False)
        whole = all(type(raw[word]) is kind for word, kind in KINDS.items())
        dated = type(envelope["on"]) is str
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as reason:
        raise wrong("E04", at, f"it cannot be read: {reason!r}") from None
    if tuple(raw) != LINE or not whole or not dated:
        raise wrong("E04", at, "it has other fields")
    if shown != line:
        raise wrong("E04", at, "it shows something else than its state holds")
    return raw, envelope, body


# The pack.


@dataclass
class Report:
    """What a check of a pack found: figures, faults, and how far the log can be trusted."""

    events: int = 0
    head: str = ""
    root: str = ""
    sealed: int = 0
    key: str = ""
    trusted: int = 0
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, problem: str, position: int = 0) -> None:
        """Note something wrong."""
        self.faults.append(Fault(code, position, problem))


def check(path: str, key: Key | None = None, outside: Sequence[str] = ()) -> Report:
    """Check a pack against a key and the texts of checkpoint files kept outside.

    Without a key the one inside the pack is used, which shows only that the pack is of one piece.
    """
    report = Report()
    try:
        with zipfile.ZipFile(path) as archive:
            _check(archive, report, key, outside)
    except WrongError as no:
        report.faults.append(no.args[0])
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, AttributeError) as reason:
        report.fault("E01", f"cannot be read: {reason!r}")
    if report.faults:
        places = [fault.position for fault in report.faults if fault.position]
        report.trusted = min([report.trusted, *(place - 1 for place in places)])
        if any(fault.code in OF_THE_WHOLE for fault in report.faults):
            report.trusted = min(report.trusted, report.sealed)
    return report


def _check(
    archive: zipfile.ZipFile, report: Report, key: Key | None, outside: Sequence[str]
) -> None:
    manifest = json.loads(archive.read("manifest.json"))
    _files(archive, manifest, report)
    if key is None and "key.txt" in archive.namelist():
        key = read_key(archive.read("key.txt").decode())
    report.key = key.name if key else ""
    _seal(archive, report, key)
    inside = checkpoints(archive.read("checkpoints.txt").decode(), key)
    kept = [seal for text in outside for seal in checkpoints(text, key)]
    findings = json.loads(archive.read("findings.json"))
    cited = {event: made["id"] for made in findings for event in made["events"]}
    walk = _walk(archive, report, [*inside, *kept], cited)
    _log(report, walk, manifest)
    _sealed(report, walk, [*inside, *kept])
    _books(archive, report, walk)
    _circumstances(archive, report, manifest, (inside, kept))
    for event in sorted(walk.cited.keys() - walk.found):
        report.fault("E17", f"{walk.cited[event]} cites {event}, which the log does not hold")


def _files(archive: zipfile.ZipFile, manifest: Mapping[str, Any], report: Report) -> None:
    names = archive.namelist()
    listed = manifest["files"]
    if manifest["format"] != FORMAT:
        raise wrong("E01", 0, f"the format is {manifest['format']!r}, not {FORMAT!r}")
    for name in sorted({*NEEDED} - {*names}):
        raise wrong("E01", 0, f"{name} is missing")
    extra = {*names} - {*listed} - {"manifest.json", "manifest.sig"}
    for name in sorted(extra | {name for name in names if names.count(name) > 1}):
        report.fault("E01", f"{name} is not listed, or is there twice")
    for name, known in sorted(listed.items()):
        if name not in names:
            report.fault("E02", f"{name} is missing")
            continue
        size, digest = 0, sha256()
        with archive.open(name) as content:
            while part := content.read(1 << 20):
                size += len(part)
                digest.update(part)
        if (size, digest.hexdigest()) != (known["bytes"], known["sha256"]):
            report.fault("E02", f"{name} is not the file of the manifest")


def _seal(archive: zipfile.ZipFile, report: Report, key: Key | None) -> None:
    if "manifest.sig" not in archive.namelist():
        if key is not None:
            report.fault("E03", "the manifest is not signed")
        return
    ((text, signatures),) = notes(archive.read("manifest.sig").decode())
    digest = sha256(archive.read("manifest.json")).hexdigest()
    if key is None or not note_signed(text, signatures, key):
        report.fault("E03", "the manifest is not signed by the key")
    elif text != f"{FORMAT}\n{key.name}\n{digest}\n":
        report.fault("E03", "the seal is that of another manifest")


def _walk(
    archive: zipfile.ZipFile,
    report: Report,
    seals: Sequence[Checkpoint],
    cited: Mapping[str, str],
) -> Walk:
    table = json.loads(archive.read("posting-table.json"))
    lines = archive.read("postings.jsonl").decode().splitlines()
    chosen = {made["position"]: made["rows"] for made in map(json.loads, lines)}
    walk = Walk(table, chosen, cited, frozenset(seal.size for seal in seals))
    try:
        with archive.open("log.jsonl") as log:
            for line in log:
                if not line.endswith(b"\n"):
                    raise wrong("E04", walk.events + 1, "the last line has no end")
                try:
                    text = line[:-1].decode()
                except UnicodeDecodeError:
                    raise wrong("E04", walk.events + 1, "it is no UTF-8") from None
                walk.take(text)
    except WrongError as no:
        report.faults.append(no.args[0])
    except (LookupError, ValueError, TypeError, AttributeError) as reason:
        report.fault("E11", f"its body does not fit its name: {reason!r}", walk.events + 1)
    return walk


def _log(report: Report, walk: Walk, manifest: Mapping[str, Any]) -> None:
    report.events, report.head, report.root = walk.events, walk.head.hex(), walk.root().hex()
    report.trusted = walk.events
    if any(fault.position for fault in report.faults):
        return
    told = manifest["log"]
    if (report.events, report.head, report.root) != (told["events"], told["head"], told["root"]):
        problem = f"the manifest names {told['events']} events, root {told['root']}"
        report.fault("E08", problem)


def _sealed(report: Report, walk: Walk, seals: Sequence[Checkpoint]) -> None:
    """Hold the log against the checkpoints, the shortest first."""
    broken = any(fault.position for fault in report.faults)
    for seal in sorted(seals, key=lambda seal: seal.size):
        if seal.good is False:
            report.fault("E09", f"the checkpoint of {seal.size} events is not signed by the key")
        elif seal.size in walk.roots and walk.roots[seal.size] != seal.root:
            report.fault("E08", f"the first {seal.size} events are not those of the checkpoint")
        elif seal.size in walk.roots:
            report.sealed = max(report.sealed, seal.size)
        elif not broken:
            report.fault("E10", f"{seal.size} events were sealed, {walk.events} are here")


def _books(archive: zipfile.ZipFile, report: Report, walk: Walk) -> None:
    """Hold the control totals and the sub-ledgers against the legs of the log."""
    if any(fault.position for fault in report.faults):
        return
    balance = walk.trial_balance()
    own = {"events": walk.events, "legs": walk.legs, "debit": walk.debit, "credit": walk.debit,
           "trial_balance": balance}  # fmt: skip
    told = json.loads(archive.read("controls.json"))
    for word, figure in own.items():
        if told[word] != figure:
            report.fault("E12", f"{word} is {figure}, not {told[word]}")
    for account, streams in json.loads(archive.read("sub-ledgers.json")).items():
        if sum(streams.values()) != balance.get(account, 0):
            report.fault("E14", f"account {account} is not the sum of its sub-ledger")
        for stream in streams:
            if stream not in walk.versions:
                report.fault("E14", f"{stream} of account {account} is not in the log")


def _circumstances(
    archive: zipfile.ZipFile,
    report: Report,
    manifest: Mapping[str, Any],
    seals: tuple[Sequence[Checkpoint], Sequence[Checkpoint]],
) -> None:
    """Hold catalogue and rules against the manifest and the checkpoints of the whole log.

    A program may be renewed between two checkpoints of one log: the last one in the pack counts,
    and one from outside may name what an earlier one in the pack names.
    """
    names = [name for name in archive.namelist() if name.startswith("catalogue/")]
    digests = {
        name.removeprefix("catalogue/"): sha256(archive.read(name)).hexdigest() for name in names
    }
    rules = json.loads(archive.read("rules.json"))["files"]
    found = (("E15", "catalogue", _digest(digests)), ("E16", "rules", _digest(rules)))
    for code, word, digest in found:
        inside, outside = (
            [seal.also.get(word, digest) for seal in group if seal.size == report.events]
            for group in seals
        )
        told = {manifest["digests"][word], *inside[-1:], *({*outside} - {*inside})}
        if told != {digest}:
            report.fault(code, f"the {word} digest is {digest}, another one was sealed")


def _digest(digests: Mapping[str, str]) -> str:
    return sha256(
        "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()
    ).hexdigest()


# The command.


def main(args: Sequence[str] | None = None) -> int:
    """Check the pack of the command line and say what came out."""
    parser = argparse.ArgumentParser(description="Check an evidence pack of bankcore.")
    parser.add_argument("pack", nargs="?", help="the pack, a zip file")
    parser.add_argument("--key", help="the public key you were given, or a file that holds it")
    parser.add_argument("--checkpoint", action="append", default=[], metavar="FILE",
                        help="checkpoints kept outside")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--list", action="store_true", help="list the checks")
    given = parser.parse_args(args)
    if given.list:
        sys.stdout.writelines(f"{code} {what}\n" for code, what in CHECKS.items())
        return 0
    try:
        key = read_key(_line_of(given.key)) if given.key else None
        outside = [Path(name).read_text("utf-8") for name in given.checkpoint]
        for text in outside:
            checkpoints(text, None)
    except (OSError, ValueError, NoBase64) as reason:
        parser.error(str(reason))
    if not given.pack or not Path(given.pack).is_file():
        parser.error("there is no such pack")
    report = check(given.pack, key, outside)
    sys.stdout.write(_json(report) if given.json else _told(report, bool(key or outside)))
    return 5 if report.faults else 0


def _line_of(key: str) -> str:
    return Path(key).read_text("utf-8") if Path(key).is_file() else key


def _json(report: Report) -> str:
    faults = [fault._asdict() for fault in report.faults]
    return json.dumps({"ok": not faults} | vars(report) | {"faults": faults}, indent=2) + "\n"


def _told(report: Report, outside: bool) -> str:  # noqa: FBT001  # one word of the report
    lines = [
        f"events   {report.events}",
        f"head     {report.head}",
        f"root     {report.root}",
        f"sealed   {report.sealed} events{f', key {report.key}' if report.key else ''}",
    ]
    for fault in report.faults:
        place = f" position {fault.position}" if fault.position else ""
        lines.append(f"WRONG    {fault.code} {CHECKS[fault.code].split(':')[0]}{place}: "
                     f"{fault.problem}")  # fmt: skip
    lines.append(f"trusted  {report.trusted} of {report.events} events that could be read")
    if not outside:
        lines.append("note     no key and no checkpoint from outside: whoever made the pack could "
                     "have made another")  # fmt: skip
    if not report.faults:
        lines.append("all is right")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
