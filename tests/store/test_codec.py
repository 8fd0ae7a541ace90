"""The codec is a bijection between entries and canonical bytes, and refuses all else."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bankcore.aggregates.deposit_account.events import FundsDeposited, InterestSettled
from bankcore.store.codec import decode, encode, is_canonical, names
from bankcore.values.declare import EVENTS
from bankcore.values.entry import Entry
from bankcore.values.errors import DamagedLog
from bankcore.values.money import Money
from samples import deposit, entries, sample

BY_NAME = sorted((info.stored_name, cls) for cls, info in EVENTS.items())
ROW = encode(deposit("account-1", 1))
ENVELOPE, BODY = msgpack.unpackb(ROW[3])


def packed(envelope: Any, body: Any) -> bytes:
    made: bytes = msgpack.packb([envelope, body])
    return made


def read(state: bytes, name: str = ROW[2]) -> Entry[Any]:
    return decode(9, "account-1", 1, name, state)


@settings(max_examples=300, deadline=None)
@given(entries())
def test_what_is_written_is_read_back_and_written_again_alike(entry: Entry[Any]) -> None:
    row = encode(entry)
    again = decode(entry.position, *row)
    assert again == entry
    assert encode(again) == row


@pytest.mark.parametrize("cls", [cls for _, cls in BY_NAME], ids=[name for name, _ in BY_NAME])
def test_every_declared_event_has_a_stored_form(cls: type[Any]) -> None:
    entry = sample(cls)
    assert replace(decode(0, *encode(entry))) == entry


@settings(max_examples=300, deadline=None)
@given(entry=entries([FundsDeposited, InterestSettled]), data=st.data())
def test_changed_bytes_are_an_entry_or_damage_but_never_a_crash(
    entry: Entry[Any], data: st.DataObject
) -> None:
    row = encode(entry)
    state = bytearray(row[3])
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(state) - 1))
        state[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(state)))
    for changed in (bytes(state), bytes(state[:cut])):
        with suppress(DamagedLog):
            found = decode(1, *row[:3], changed)
            assert is_canonical(changed) is (encode(found) == (*row[:3], changed))


@pytest.mark.parametrize(
    ("short", "longer"),
    [
        (b"\xa4text", b"\xd9\x04text"),  # a text, its length in a byte of its own
        (b"\xce\x00\x01\xe2\x40", b"\xcf\x00\x00\x00\x00\x00\x01\xe2\x40"),  # 123,456 in 8 bytes
    ],
)
def test_a_longer_spelling_of_the_same_is_read_but_not_canonical(
    short: bytes, longer: bytes
) -> None:
    entry = sample(FundsDeposited)
    row = encode(entry)
    spelled = row[3].replace(short, longer, 1)
    assert spelled != row[3]
    assert decode(1, *row[:3], spelled).event == entry.event
    assert is_canonical(row[3])
    assert not is_canonical(spelled)


def test_the_envelope_leaves_out_what_says_nothing() -> None:
    assert ENVELOPE == {"on": "2026-01-05", "by": ["e-7", "teller_cash"], "via": "counter"}


def test_the_body_holds_every_field_in_declared_order() -> None:
    assert list(BODY.items()) == [
        ("amount", 100),
        ("source", "cash"),
        ("gl", {"deposit": "2011.01", "source": "1001"}),
    ]


def test_keys_of_a_map_are_sorted_whatever_order_they_came_in() -> None:
    entry = deposit("account-1", 1)
    turned = dict(reversed(list(entry.event.gl.items())))
    assert encode(replace(entry, event=replace(entry.event, gl=turned))) == ROW


def test_foreign_money_keeps_its_currency() -> None:
    entry = deposit("account-1", 1)
    dollars = replace(entry, event=replace(entry.event, amount=Money(5, "USD")))
    assert msgpack.unpackb(encode(dollars)[3])[1]["amount"] == [5, "USD"]


@pytest.mark.parametrize(
    ("envelope", "body"),
    [
        (ENVELOPE, {**BODY, "extra": 1}),
        (ENVELOPE, {key: BODY[key] for key in ("amount", "gl")}),
        (ENVELOPE, {key: BODY[key] for key in ("source", "amount", "gl")}),
        (ENVELOPE, {**BODY, "amount": 1.0}),
        (ENVELOPE, {**BODY, "amount": True}),
        (ENVELOPE, {**BODY, "amount": "100"}),
        (ENVELOPE, {**BODY, "amount": 2**63}),
        (ENVELOPE, {**BODY, "amount": [100, "CNY"]}),
        (ENVELOPE, {**BODY, "amount": [100, 5]}),
        (ENVELOPE, {**BODY, "gl": {"source": "1001", "deposit": "2011.01"}}),
        (ENVELOPE, {**BODY, "gl": {"deposit": 2011}}),
        (ENVELOPE, {**BODY, "source": None}),
        ({**ENVELOPE, "on": "20260105"}, BODY),
        ({**ENVELOPE, "on": "2026-02-30"}, BODY),
        ({**ENVELOPE, "on": ["2026-02-03"]}, BODY),
        ({**ENVELOPE, "by": ["e-7", "king"]}, BODY),
        ({**ENVELOPE, "by": ["e-7"]}, BODY),
        ({**ENVELOPE, "via": ""}, BODY),
        ({**ENVELOPE, "via": 5}, BODY),
        ({**ENVELOPE, "at": None}, BODY),
        ({**ENVELOPE, "late": False}, BODY),
        ({**ENVELOPE, "strange": "x"}, BODY),
        ({key: ENVELOPE[key] for key in ("by", "on")}, BODY),
        ({key: ENVELOPE[key] for key in ("on", "via")}, BODY),
        ({"on": "2026-01-05", "value": "2026-01-05", "by": ["e-7", "system"]}, BODY),
        ([], BODY),
        (ENVELOPE, []),
    ],
)
def test_what_no_entry_could_have_written_is_damage(envelope: Any, body: Any) -> None:
    with pytest.raises(DamagedLog) as caught:
        read(packed(envelope, body))
    assert caught.value.position == 9
    assert caught.value.event_id == "account-1@1"


@pytest.mark.parametrize("state", [b"", b"\xc1", b"\x92\x80", ROW[3] + b"\x00", b"\x90"])
def test_bytes_that_are_no_pair_of_maps_are_damage(state: bytes) -> None:
    with pytest.raises(DamagedLog):
        read(state)


@pytest.mark.parametrize(
    "name", ["os.system.1", "bankcore.store.codec:encode", "deposit_account.FundsDeposited.99"]
)
def test_an_unknown_stored_name_is_refused_with_its_position_and_never_imported(name: str) -> None:
    with pytest.raises(DamagedLog, match=r"position 9 .*does not know"):
        read(ROW[3], name)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 100},
        {"amount": Money(2**63)},
        {"source": 5},
        {"gl": {"deposit": 2011}},
        {"source": None},
    ],
)
def test_a_value_of_another_type_is_a_bug_found_before_it_is_stored(
    change: dict[str, Any],
) -> None:
    entry = deposit("account-1", 1)
    with pytest.raises(AssertionError):
        encode(replace(entry, event=replace(entry.event, **change)))


def test_a_time_of_day_is_no_date() -> None:
    with pytest.raises(AssertionError):
        encode(replace(deposit("account-1", 1), booking_date=datetime(2026, 1, 5)))  # noqa: DTZ001


def test_an_object_that_is_no_event_is_a_bug() -> None:
    with pytest.raises((KeyError, AttributeError)):
        encode(replace(deposit("account-1", 1), event=object()))  # type: ignore[arg-type]


def test_stored_names_are_unique_and_follow_one_pattern() -> None:
    for name, cls in names().items():
        stream, event, version = name.split(".")
        assert (stream, event) == (EVENTS[cls].stream, cls.__name__)
        assert int(version) >= 1
