"""The log on every backend: order, chain, expected versions, commands, reads, forks."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import msgpack
import pytest
from eventsourcing.persistence import StoredEvent

from bankcore.store import recording
from bankcore.store.application import Recorded
from bankcore.store.chain import EMPTY, link
from bankcore.store.codec import encode
from bankcore.store.log import Log, open_log
from bankcore.store.recording import CommandRow
from bankcore.values.errors import BadInput, Conflict
from helpers.faults import broken_links
from samples import deposit


def filled(target: str) -> Log:
    """A log of five events in two streams by two commands."""
    log = open_log(target, create=True)
    log.append([deposit("a-1", 1), deposit("b-1", 1)], command_id="c-1", digest="d1")
    log.append([deposit("a-1", 2), deposit("a-1", 3)], command_id="c-2", digest="d2")
    log.append([deposit("b-1", 2)])
    return log


def test_positions_count_from_one_without_gaps(target: str) -> None:
    with open_log(target, create=True) as log:
        assert log.head() == (0, EMPTY)
        assert log.append([deposit("a-1", 1), deposit("b-1", 1)]) == [1, 2]
        with pytest.raises(Conflict):
            log.append([deposit("a-1", 2), deposit("b-1", 1)])
        assert log.append([deposit("a-1", 2)]) == [3]


def test_the_head_is_the_hash_of_all_that_was_written(target: str) -> None:
    with filled(target) as log:
        head = bytes(32)
        for _position, stream, version, name, state, stored in log.rows():
            head = sha256(head + msgpack.packb([stream, version, name, state])).digest()
            assert head == stored
        assert log.head() == (5, head)
        assert log.digest() == head.hex()


def test_both_databases_end_with_the_same_rows(tmp_path: Path, postgres: str) -> None:
    targets = [":memory:", str(tmp_path / "bank.db"), f"{postgres}&schema=same"]
    kept = []
    for target in targets:
        with filled(target) as log:
            kept.append((list(log.rows()), log.commands(), log.streams("")))
    assert kept[0] == kept[1] == kept[2]


def test_commands_are_named_counted_and_reach_as_far_as_the_last(target: str) -> None:
    with open_log(target, create=True) as log:
        assert log.commands_named([]) == []
        assert log.command_reach(5) == (0, 0)
    with filled(target) as log:
        assert sorted(log.commands_named(["c-2", "c-9", "c-1"])) == log.commands()
        assert log.commands_named(["c-2"]) == [CommandRow("c-2", "d2", 3, 4)]
        # c-1 begins at 1, c-2 at 3.
        assert [log.command_reach(until) for until in (0, 1, 2, 3, 9)] == [
            (0, 3), (1, 3), (1, 3), (2, 3), (2, 3),
        ]  # fmt: skip


def test_what_was_appended_is_read_back_in_order(target: str) -> None:
    with filled(target) as log:
        read = list(log.entries())
        assert [entry.id for entry in read] == ["a-1@1", "b-1@1", "a-1@2", "a-1@3", "b-1@2"]
        assert [entry.position for entry in read] == [1, 2, 3, 4, 5]
        assert read[0] == replace(deposit("a-1", 1), position=1)
        assert [entry.position for entry in log.entries(1, 3)] == [2, 3]
        assert list(log.entries(5)) == []


def test_a_stream_is_read_alone_and_from_any_version(target: str) -> None:
    with filled(target) as log:
        assert [entry.version for entry in log.stream("a-1")] == [1, 2, 3]
        assert [entry.position for entry in log.stream("a-1", 1)] == [3, 4]
        assert log.stream("nobody") == []


def test_streams_are_listed_by_prefix_in_byte_order(target: str) -> None:
    with open_log(target, create=True) as log:
        names = ["a-2", "a-10", "b", "a", "账户-1", "账", "A-1", "a-1é"]
        for name in names:
            log.append([deposit(name, 1), deposit(name, 2)])
        assert log.streams("") == sorted(names, key=str.encode)
        assert log.streams("a-1") == ["a-10", "a-1é"]
        assert log.streams("账") == ["账", "账户-1"]
        assert log.streams("z") == []


def test_a_stale_stream_conflicts_and_stores_nothing(target: str) -> None:
    with filled(target) as log:
        before = log.head()
        with pytest.raises(Conflict, match="a-1 is at version 3"):
            log.append([deposit("c-1", 1), deposit("a-1", 3)], command_id="c-9", digest="d9")
        assert log.head() == before
        assert log.command("c-9") is None
        assert log.stream("c-1") == []


def test_a_stream_that_was_only_read_conflicts_when_it_has_moved_on(target: str) -> None:
    with filled(target) as log:
        for read in ({"a-1": 2}, {"new": 1}, {"b-1": 2, "a-1": 4}):
            with pytest.raises(Conflict):
                log.append([deposit("c-1", 1)], read=read)
        assert log.append([deposit("c-1", 1)], read={"a-1": 3, "new": 0}) == [6]


def test_a_command_id_is_taken_once(target: str) -> None:
    with filled(target) as log:
        with pytest.raises(Conflict):
            log.append([deposit("c-1", 1)], command_id="c-1", digest="d1")
        assert log.head()[0] == 5
        assert log.command("c-2") == recording.CommandRow("c-2", "d2", 3, 4)
        assert log.command("c-3") is None


def test_versions_with_a_hole_are_a_bug(target: str) -> None:
    with filled(target) as log:
        with pytest.raises(AssertionError):
            log.append([deposit("c-1", 1), deposit("c-1", 3)])
        with pytest.raises(AssertionError):
            log.append([deposit("c-1", 0)])
        with pytest.raises(Conflict):
            log.append([deposit("a-1", 7)])
        assert log.head()[0] == 5


def test_an_empty_command_stores_nothing(target: str) -> None:
    with filled(target) as log:
        assert log.append([], command_id="c-7", digest="d") == []
        assert log.append_bulk([]) == []
        assert log.command("c-7") is None


def test_an_exception_in_the_middle_leaves_nothing(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with filled(target) as log:
        before = log.head()
        recorder = log.application.recorder
        write = recorder._write  # type: ignore[attr-defined]  # noqa: SLF001

        def fail(*args: object, **kwargs: object) -> None:
            write(*args, **kwargs)
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(recorder, "_write", fail)
            with pytest.raises(ZeroDivisionError):
                log.append([deposit("c-1", 1)], command_id="c-7", digest="d")
        assert log.head() == before
        assert log.append([deposit("c-1", 1)], command_id="c-7", digest="d") == [6]


def test_the_bulk_path_writes_the_same_rows_as_command_by_command(
    target: str, tmp_path: Path
) -> None:
    commands = [
        [
            deposit(f"a-{n % 7}", n // 7 + 1, n, command=f"c-{n}", digest=f"d{n}"),
            deposit("till", n + 1, n, command=f"c-{n}", digest=f"d{n}"),
        ]
        for n in range(40)
    ]
    with open_log(str(tmp_path / "single.db"), create=True) as single:
        for n, entries in enumerate(commands):
            single.append(entries, command_id=f"c-{n}", digest=f"d{n}")
        expected = (list(single.rows()), single.commands(), single.head())
    with open_log(target, create=True) as bulk:
        flat = [entry for entries in commands for entry in entries]
        assert bulk.append_bulk(flat[:30]) == list(range(1, 31))
        bulk.append_bulk(flat[30:])
        assert (list(bulk.rows()), bulk.commands(), bulk.head()) == expected


def test_the_bulk_path_refuses_what_the_single_path_refuses(target: str) -> None:
    with filled(target) as log:
        with pytest.raises(Conflict):
            log.append_bulk([deposit("c-1", 1, command="c-1")])
        with pytest.raises(Conflict):
            log.append_bulk([deposit("c-1", 1), deposit("a-1", 3)])
        with pytest.raises(Conflict):
            log.append_bulk([deposit("c-1", 1)], read={"a-1": 1})
        assert log.head()[0] == 5


def test_what_a_bulk_save_remembers_is_worth_nothing_once_another_has_written(
    shared_target: str,
) -> None:
    with open_log(shared_target, create=True) as one, open_log(shared_target) as two:
        one.append_bulk([deposit("a-1", 1), deposit("b-1", 1)])
        with pytest.raises(Conflict, match="a-1 is at version 1, not 2"):
            one.append_bulk([deposit("a-1", 3)])
        with pytest.raises(Conflict, match="b-1 is at version 1, not 0"):
            one.append_bulk([deposit("a-1", 2)], read={"b-1": 0})
        two.append([deposit("a-1", 2)])
        with pytest.raises(Conflict, match="a-1 is at version 2, not 1"):
            one.append_bulk([deposit("a-1", 2)])
        assert one.append_bulk([deposit("a-1", 3), deposit("c-1", 1)]) == [4, 5]
        one.append([deposit("c-1", 2)])
        assert one.append_bulk([deposit("b-1", 2), deposit("c-1", 3)]) == [7, 8]
        assert broken_links(one) == []
        assert one.head() == two.head()


@pytest.mark.parametrize("bulk", [False, True])
def test_twenty_thousand_events_fit_into_one_save(target: str, bulk: bool) -> None:  # noqa: FBT001
    entries = [deposit(f"a-{n % 100}", n // 100 + 1, n) for n in range(20_000)]
    with open_log(target, create=True) as log:
        save = log.append_bulk if bulk else log.append
        assert len(save(entries)) == 20_000
        assert log.head()[0] == 20_000
        assert [entry.id for entry in log.entries(19_998)] == ["a-98@200", "a-99@200"]


def test_reading_goes_on_to_the_head_it_began_with(target: str) -> None:
    with filled(target) as log:
        seen = []
        for entry in log.entries():
            seen.append(entry.position)
            log.append([deposit("late", len(seen))])
        assert seen == [1, 2, 3, 4, 5]
        assert log.head()[0] == 10


def test_a_prefix_is_copied_with_its_heads_and_goes_its_own_way(
    target: str, tmp_path: Path
) -> None:
    with filled(target) as log:
        with log.copy_prefix(str(tmp_path / "fork.db"), 3) as fork:
            assert list(fork.rows()) == list(log.rows(0, 3))
            assert fork.commands() == [
                recording.CommandRow("c-1", "d1", 1, 2),
                recording.CommandRow("c-2", "d2", 3, 3),
            ]
            assert fork.append([deposit("a-1", 3, 999)]) == [4]
            assert fork.head()[1] != next(log.rows(3))[-1]
        with pytest.raises(BadInput, match="already holds a log"):
            log.copy_prefix(str(tmp_path / "fork.db"), 3)


def test_the_copy_of_all_has_the_same_head_on_the_other_backend(
    target: str, postgres: str, request: pytest.FixtureRequest
) -> None:
    schema = f"copy{abs(hash(request.node.name))}"
    with filled(target) as log, log.copy_prefix(f"{postgres}&schema={schema}", 5) as copy:
        assert copy.head() == log.head()
        assert list(copy.rows()) == list(log.rows())


def test_the_library_reads_and_writes_the_same_log(target: str) -> None:
    with filled(target) as log:
        bank = log.application
        seen = [event.entry for event in bank.events.get("a-1") if isinstance(event, Recorded)]
        assert [entry.version for entry in seen] == [1, 2, 3]
        notes = bank.recorder.select_notifications(start=1, limit=10)
        assert [note.id for note in notes] == [1, 2, 3, 4, 5]
        assert bank.recorder.max_notification_id() == 5
        before = log.head()[1]
        entry = deposit("a-1", 4)
        bank.save(Recorded("a-1", 4, entry))
        assert log.head() == (6, link(before, encode(entry)))
        assert log.stream("a-1", 3)[0].event == entry.event


def test_rows_that_are_not_ours_are_refused_by_the_table_itself(target: str) -> None:
    with filled(target) as log:
        bad = StoredEvent("c-1", -1, "name", b"")
        with pytest.raises(AssertionError):
            log.application.recorder.insert_events([bad])


def test_closing_twice_does_nothing(target: str) -> None:
    log = filled(target)
    log.close()
    log.close()
