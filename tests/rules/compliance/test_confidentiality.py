"""AML-07: who may see what, and which words may reach a customer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bankcore.rules.compliance.confidentiality import (
    Item,
    Viewer,
    check_view,
    check_wording,
    forbidden_words,
    visible,
)
from bankcore.values.reasons import Reason, Rejected

WORDS = ("可疑", "洗钱", "suspicious", "money laundering")
FLAGS = st.tuples(st.booleans(), st.booleans(), st.booleans())


@given(st.sampled_from(Item), FLAGS)
def test_the_visible_sets_shrink_from_compliance_to_the_customer(
    item: Item, flags: tuple[bool, bool, bool]
) -> None:
    order = ("aml_compliance", "auditor", "rm", "customer")
    seen = [visible(item, Viewer(role, *flags)) for role in order]
    if flags[2]:
        assert seen == sorted(seen, reverse=True)
    else:
        assert seen[0] >= seen[2] >= seen[3]


@given(st.sampled_from(Item), st.sampled_from(("mlro", "rm", "auditor")), st.booleans())
def test_the_subject_of_a_case_sees_the_neutral_notice_alone(
    item: Item,
    role: str,
    engagement: bool,  # noqa: FBT001  # hypothesis passes what it drew
) -> None:
    viewer = Viewer(role, is_reporter=True, is_subject=True, aml_engagement_open=engagement)
    assert visible(item, viewer) == (item is Item.RESTRICTION_NOTICE)


def test_the_reporter_keeps_the_receipt_and_not_the_content() -> None:
    reporter = Viewer("rm", is_reporter=True)
    assert visible(Item.OWN_RECEIPT, reporter)
    assert not visible(Item.CASE_CONTENT, reporter)


def test_an_auditor_sees_a_case_only_while_an_engagement_is_open() -> None:
    assert visible(Item.CASE_CONTENT, Viewer("auditor", aml_engagement_open=True))
    assert not visible(Item.CASE_CONTENT, Viewer("auditor"))
    assert not visible(Item.CASE_CONTENT, Viewer("rm", aml_engagement_open=True))


def test_a_look_that_is_not_allowed_is_refused() -> None:
    check_view(Item.CASE_CONTENT, Viewer("mlro"))
    with pytest.raises(Rejected) as refused:
        check_view(Item.CASE_EXISTS, Viewer("teller"))
    assert refused.value.reason is Reason.NOT_NEED_TO_KNOW
    with pytest.raises(Rejected) as refused:
        check_view(Item.CASE_EXISTS, Viewer("aml_compliance", is_subject=True))
    assert refused.value.reason is Reason.SUBJECT_OF_CASE


def test_words_that_betray_a_case_are_found_in_any_letter_case() -> None:
    assert forbidden_words("您的交易Suspicious,涉嫌洗钱", WORDS) == ("洗钱", "suspicious")
    with pytest.raises(Rejected) as refused:
        check_wording("This is Money Laundering", WORDS)
    assert refused.value.reason is Reason.FORBIDDEN_WORDING


def test_an_ordinary_question_passes() -> None:
    check_wording("请问这笔资金的用途是什么?", WORDS)
