"""Evidence packs: fixed bytes, and a verifier run as a stranger would that names each change."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple
from zipfile import ZipFile

import pytest

from bankcore import cli
from bankcore.audit.exports.pack import export
from bankcore.audit.proof import verify_pack
from bankcore.audit.proof.keys import PrivateKey
from bankcore.audit.proof.merkle import Frontier
from bankcore.audit.proof.notes import sign
from bankcore.audit.proof.sealing import leaf_of
from bankcore.audit.proof.tables import posting_table
from bankcore.projections.window import EVERYTHING
from bankcore.store.bank import Bank
from bankcore.store.chain import linked
from bankcore.store.lines import from_lines, to_lines
from helpers.bank_file import write_bank
from helpers.tampering import Rows

TOOL: Final = Path(__file__).parents[3] / "tools" / "verify_pack.py"
KEY: Final = PrivateKey.of("bank.example/test", bytes(range(32)))
FORGER: Final = PrivateKey.of("bank.example/test", bytes(32))
Files = dict[str, bytes]


class Made(NamedTuple):
    """A pack, the log it was made of, and the checkpoints of an outsider."""

    pack: Path
    log: Path
    kept: Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("evidence")
    log, key, pack = folder / "bank.db", folder / "bank.key", folder / "pack.zip"
    write_bank(log)
    key.write_text(KEY.line(), "utf-8")
    assert cli.run(["evidence", str(log), "-o", str(pack), "--key", str(key)]) == 0
    return Made(pack, log, folder / "bank.db.checkpoints")


def told(pack: Path, *args: object) -> tuple[int, dict[str, Any]]:
    """Exit code and report of the verifier as a process of its own that sees no package."""
    done = subprocess.run(
        [sys.executable, "-I", str(TOOL), str(pack), "--json", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def codes(report: verify_pack.Report) -> set[str]:
    return {fault.code for fault in report.faults}


PUBLIC: Final = verify_pack.read_key(str(KEY.public))


def test_an_untouched_pack_passes_and_is_sealed_to_the_last_event(made: Made) -> None:
    code, report = told(made.pack, "--key", KEY.public, "--checkpoint", made.kept)
    assert (code, report["faults"]) == (0, [])
    with Bank.open(str(made.log)) as bank:
        assert report["head"] == bank.log.digest()
        assert report["events"] == report["sealed"] == report["trusted"] == bank.log.head()[0]


def test_the_same_log_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(KEY.line(), "utf-8")
    again = tmp_path / "again.zip"
    assert cli.run(["evidence", str(made.log), "-o", str(again), "--key", str(key)]) == 0
    assert again.read_bytes() == made.pack.read_bytes()
    assert cli.run(["evidence", str(made.log), "-o", str(again), "--key", str(key)]) == 2


def test_a_pack_without_key_and_checkpoints_is_of_one_piece_only(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Bank.open(str(made.log)) as bank:
        (lines,) = export(bank, "jsonl", tmp_path / "bank.jsonl", EVERYTHING)
    copy, pack = tmp_path / "copy.db", tmp_path / "plain.zip"
    assert cli.run(["import", str(lines), "--log", str(copy)]) == 0
    assert cli.run(["evidence", str(copy), "-o", str(pack)]) == 0
    assert verify_pack.check(str(pack)).faults == []
    assert codes(verify_pack.check(str(pack), PUBLIC)) == {"E03"}
    capsys.readouterr()
    assert verify_pack.main([str(pack)]) == 0
    assert "no key and no checkpoint from outside" in capsys.readouterr().out


def test_cards_loans_and_transfers_post_by_the_table_of_the_pack(tmp_path: Path) -> None:
    """Their events choose rows by what they hold, and red entries repeat those of others."""
    target, pack = tmp_path / "bank.db", tmp_path / "pack.zip"
    scripts = ("card-in-instalments", "loan-late-and-cured", "transfers-inside-and-out")
    assert cli.run(["run", *scripts, "--log", str(target)]) == 0
    assert cli.run(["evidence", str(target), "-o", str(pack)]) == 0
    assert verify_pack.check(str(pack)).faults == []
    chosen = files_of(pack)["postings.jsonl"].decode().splitlines()
    assert {"C1", "P1"} <= {row for line in chosen for row in json.loads(line)["rows"]}


def test_old_stored_names_post_with_the_accounts_that_their_bodies_had_not() -> None:
    known = posting_table()["events"]
    assert known["deposit_account.FundsDeposited.1"]["gl"] == {
        "deposit": "2011.01",
        "source": "1001",
    }
    assert "gl" not in known["deposit_account.FundsDeposited.2"]


def test_an_altered_log_is_not_packed(made: Made, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(made.log.read_bytes().replace(b"FundsDeposited", b"FundsDepositeD", 1))
    assert cli.run(["evidence", str(copy), "-o", str(tmp_path / "pack.zip")]) == 5
    assert not (tmp_path / "pack.zip").exists()


def test_the_verifier_shares_no_code_with_the_package_and_is_the_one_in_the_pack(
    made: Made,
) -> None:
    text = TOOL.read_text("utf-8")
    imports = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    assert imports
    assert not [line for line in imports if "bankcore" in line]
    names = {line.split()[1].split(".")[0] for line in imports} - {"__future__"}
    assert names <= sys.stdlib_module_names
    with ZipFile(made.pack) as archive:
        assert archive.read("verify_pack.py").decode() == text


# Altering a pack.


def files_of(pack: Path) -> Files:
    with ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(files: Files, path: Path, key: PrivateKey | None = None, *, listed: bool = True) -> Path:
    """Write files as a pack, with a manifest that fits them, signed by a key where one is given."""
    if listed:
        manifest = json.loads(files["manifest.json"])
        others = {n: c for n, c in files.items() if n not in {"manifest.json", "manifest.sig"}}
        manifest["files"] = {
            name: {"bytes": len(content), "sha256": sha256(content).hexdigest()}
            for name, content in sorted(others.items())
        }
        files = {**files, "manifest.json": json.dumps(manifest).encode()}
    if key is not None:
        digest = sha256(files["manifest.json"]).hexdigest()
        text = f"{verify_pack.FORMAT}\n{key.public.name}\n{digest}\n"
        files = {**files, "manifest.sig": str(sign(text, key)).encode()}
    with ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def rows_of(files: Files) -> Rows:
    return list(from_lines(files["log.jsonl"].decode().splitlines()))


def lines_of(rows: Rows) -> bytes:
    return "".join(f"{line}\n" for line in to_lines(rows)).encode()


def log(change: Callable[[Rows], Rows]) -> Callable[[Files], None]:
    """A change of the log's rows."""

    def changed(files: Files) -> None:
        files["log.jsonl"] = lines_of(change(rows_of(files)))

    return changed


def rehashed(change: Callable[[Rows], Rows]) -> Callable[[Files], None]:
    """A change of the rows with new heads and a manifest and checkpoints that fit them."""

    def changed(files: Files) -> None:
        rows = list(linked(0, bytes(32), (row[1:5] for row in change(rows_of(files)))))
        tree = Frontier()
        for row in rows:
            tree.add(leaf_of(row))
        files["log.jsonl"] = lines_of(rows)
        manifest = json.loads(files["manifest.json"])
        manifest["log"] = {
            "events": tree.size,
            "head": rows[-1][5].hex(),
            "root": tree.root().hex(),
        }
        files["manifest.json"] = json.dumps(manifest).encode()
        text = f"{KEY.public.name}\n{tree.size}\n{b64encode(tree.root()).decode()}\n"
        files["checkpoints.txt"] = f"{sign(text, FORGER)}\n".encode()

    return changed


def edit(name: str, change: Callable[[Any], object]) -> Callable[[Files], None]:
    """A change of a JSON file."""

    def changed(files: Files) -> None:
        value = json.loads(files[name])
        change(value)
        files[name] = json.dumps(value).encode()

    return changed


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Files], None]:
    def changed(files: Files) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return changed


def _edited(rows: Rows) -> Rows:
    at = next(n for n, row in enumerate(rows) if b"amount" in row[4])
    state = rows[at][4].replace(b"\x12\xd6\x87", b"\x12\xd6\x88")
    assert state != rows[at][4], "12,345.67 yuan are 0x12d687 fen"
    return [*rows[:at], (*rows[at][:4], state, rows[at][5]), *rows[at + 1 :]]


def _numbered(rows: Rows) -> Rows:
    return [(n, *row[1:]) for n, row in enumerate(rows, 1)]


def _renamed(rows: Rows) -> Rows:
    return [*rows[:9], (*rows[9][:3], "bank.CapitalPaidIn.1", *rows[9][4:]), *rows[10:]]


def _swapped(rows: Rows) -> Rows:
    return [*rows[:9], (*rows[9][:4], rows[11][4], rows[9][5]), *rows[10:]]


def _bounced(value: dict[str, Any]) -> None:
    value["trial_balance"]["1001"] += 1


def _sub(value: dict[str, dict[str, int]]) -> None:
    value["2011.01"][next(iter(value["2011.01"]))] += 1


def _findings(value: list[dict[str, Any]]) -> None:
    value.append({"id": "F-AUTH-01", "events": ["account-A1@999"]})


CHANGES: Final[dict[str, tuple[Callable[[Files], None], str, int]]] = {
    "an edited amount": (log(_edited), "E06", 10),
    "an edited amount shown": (
        replaced("log.jsonl", b'"amount": 1234567', b'"amount": 1'),
        "E04",
        10,
    ),
    "an insertion": (log(lambda r: _numbered([*r[:9], r[12], *r[9:]])), "E05", 10),
    "a reorder": (log(lambda r: _numbered([*r[:9], r[10], r[9], *r[11:]])), "E05", 10),
    "a drop": (log(lambda r: _numbered([*r[:9], *r[10:]])), "E05", 10),
    "a cut tail": (log(lambda r: r[:-3]), "E08", 0),
    "a renamed event": (log(_renamed), "E06", 10),
    "a swapped payload": (log(_swapped), "E06", 10),
    "a line without its end": (
        replaced("log.jsonl", b'}\n{"position": 2,', b'} {"position": 2,'),
        "E04",
        1,
    ),
    "an altered catalogue": (
        lambda files: files.update({n: c + b"\n" for n, c in files.items() if n.endswith(".toml")}),
        "E15",
        0,
    ),
    "altered rules": (edit("rules.json", lambda v: v["files"].popitem()), "E16", 0),
    "an altered posting table": (
        edit(
            "posting-table.json",
            lambda v: v["rows"].update(D1="Dr {source} amount; Cr 6601 amount"),
        ),
        "E13",
        0,
    ),
    "altered totals": (edit("controls.json", _bounced), "E12", 0),
    "altered sub-ledgers": (edit("sub-ledgers.json", _sub), "E14", 0),
    "a finding about nothing": (edit("findings.json", _findings), "E17", 0),
    "a checkpoint of somebody else": (
        replaced("checkpoints.txt", b"bank.example", b"bank.elsewhere"),
        "E09",
        0,
    ),
    "a file more": (lambda files: files.update({"extra.txt": b"x"}), "E03", 0),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_of_a_pack_is_named(name: str, made: Made, tmp_path: Path) -> None:
    """Once with the manifest as it was, once with one that fits, which nobody can sign."""
    change, code, position = CHANGES[name]
    files = files_of(made.pack)
    change(files)
    clumsy = verify_pack.check(str(write(files, tmp_path / "a.zip", listed=False)), PUBLIC)
    assert codes(clumsy) & {"E01", "E02"}
    patient = verify_pack.check(str(write(files, tmp_path / "b.zip")), PUBLIC)
    assert "E03" in codes(patient)
    assert code in codes(patient)
    if position:
        assert [f.position for f in patient.faults if f.position][:1] == [position]
        assert patient.trusted < position


@pytest.mark.parametrize(
    "change", [_renamed, _swapped, lambda r: r[:-40], lambda r: r[:-1] + r[-1:]]
)
def test_a_forgery_with_new_hashes_lacks_the_key(
    change: Callable[[Rows], Rows], made: Made, tmp_path: Path
) -> None:
    """The forger signs with a key of his own: it bears the right name and is not the right one."""
    files = files_of(made.pack)
    rehashed(change)(files)
    files["key.txt"] = f"{FORGER.public}\n".encode()
    pack = write(files, tmp_path / "forged.zip", FORGER)
    assert {"E03", "E09"} <= codes(verify_pack.check(str(pack), PUBLIC))


def test_a_forgery_with_new_hashes_is_given_away_by_the_next_close(
    made: Made, tmp_path: Path
) -> None:
    """Another actor changes no figure, but the close of that day had written down the head."""

    def another_actor(rows: Rows) -> Rows:
        at = next(n for n, row in enumerate(rows) if b"\xa6teller" in row[4])
        state = rows[at][4].replace(b"\xa6teller", b"\xa6forger")
        return [*rows[:at], (*rows[at][:4], state, rows[at][5]), *rows[at + 1 :]]

    files = files_of(made.pack)
    rows = rows_of(files)
    at = next(n for n, row in enumerate(rows) if b"\xa6teller" in row[4])
    close = next(row[0] for row in rows[at:] if row[3].startswith("business_day.DayClosed."))
    rehashed(another_actor)(files)
    report = verify_pack.check(str(write(files, tmp_path / "forged.zip", KEY)), PUBLIC)
    assert ("E07", close) in {(fault.code, fault.position) for fault in report.faults}
    assert report.trusted == 0, "no good checkpoint is left"


def test_a_cut_and_resealed_log_is_shown_by_a_checkpoint_kept_outside(
    made: Made, tmp_path: Path
) -> None:
    """Even by the owner of the key: nothing in the pack is wrong, and yet three events are gone."""
    with Bank.open(str(made.log)) as bank:
        size = bank.log.head()[0]
        copy = tmp_path / "cut.db"
        bank.log.copy_prefix(str(copy), size - 3).close()
    key, pack = tmp_path / "key", tmp_path / "cut.zip"
    key.write_text(KEY.line(), "utf-8")
    assert cli.run(["evidence", str(copy), "-o", str(pack), "--key", str(key)]) == 0
    assert told(pack, "--key", KEY.public)[0] == 0
    code, report = told(pack, "--key", KEY.public, "--checkpoint", made.kept)
    assert code == 5
    assert [fault["code"] for fault in report["faults"]] == ["E10"]
    assert report["trusted"] == size - 3


@pytest.mark.parametrize("args", [["none.zip"], []])
def test_a_wrong_call_is_answered_with_two(args: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        verify_pack.main(args)
    assert left.value.code == 2


def test_what_is_no_pack_is_named(tmp_path: Path) -> None:
    text = tmp_path / "notes.zip"
    text.write_text("hello", "utf-8")
    assert codes(verify_pack.check(str(text))) == {"E01"}
    with ZipFile(tmp_path / "empty.zip", "w"):
        pass
    assert codes(verify_pack.check(str(tmp_path / "empty.zip"))) == {"E01"}


def test_a_verifier_that_forgets_the_roots_is_caught(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = files_of(made.pack)
    rehashed(lambda rows: rows[:-40])(files)
    pack = str(write(files, tmp_path / "cut.zip"))
    kept = made.kept.read_text("utf-8")
    assert "E10" in codes(verify_pack.check(pack, PUBLIC, [kept]))
    monkeypatch.setattr(verify_pack, "_sealed", lambda *_: None)
    assert "E10" not in codes(verify_pack.check(pack, PUBLIC, [kept]))
