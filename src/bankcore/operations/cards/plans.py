"""Instalment plans and personalised plans on a card (分期、个性化分期), CC-08, CC-13."""

from __future__ import annotations

from typing import Final

from bankcore.aggregates.card_line import CARD, CardLine, Stage
from bankcore.aggregates.card_line import events_billing as e
from bankcore.aggregates.card_line import events_risk as r
from bankcore.aggregates.card_line import service_commands as c
from bankcore.aggregates.card_line.decide import check_positive, need_stage, overdue
from bankcore.aggregates.card_line.state import Plan, Quote
from bankcore.aggregates.card_line.terms import AgreedLine, ItemShare, PlanLine
from bankcore.operations.cards.crediting import use_credit_balance
from bankcore.operations.cards.policies import plan_offer, plan_terms
from bankcore.operations.decision import Decision
from bankcore.operations.handlers import Handler, by
from bankcore.rules.cards.cycle import statement_after
from bankcore.rules.cards.instalment_end import EarlyEnd, settle_early
from bankcore.rules.cards.instalments import (
    PlanPart,
    PlanRequest,
    check_plan,
    eligible_bill,
    quote,
)
from bankcore.rules.cards.kinds import ItemKind
from bankcore.rules.cards.personal_plan import (
    AgreedPart,
    Agreement,
    BreachTerms,
    PlanCase,
    check_plan_case,
    is_breached,
    missed_parts,
)
from bankcore.values.money import ZERO, Money, total
from bankcore.values.reasons import Reason, Rejected
from bankcore.values.roles import Role
from bankcore.values.streams import Due


def quote_instalment(d: Decision, c_: c.QuoteInstalment) -> None:
    """Work out a plan and show its yearly cost; nothing is bound by it."""
    check_positive(c_.principal)
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ACTIVE)
    made = quote(c_.principal, plan_terms(d.catalogue, c_.terms, d.day))
    shown = e.InstalmentQuoted(
        kind=c_.kind,
        principal=c_.principal,
        terms=c_.terms,
        charge=made.total_charge,
        apr=made.apr,
    )
    d.emit(CARD, c_.card, shown)


def confirm_instalment(d: Decision, c_: c.ConfirmInstalment) -> None:
    """The customer confirms what was quoted: debt moves into the plan (C9)."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ACTIVE)
    wanted = line.quote
    if wanted is None:
        raise Rejected(Reason.APR_NOT_SHOWN)
    request = PlanRequest(
        kind=wanted.kind,
        principal=wanted.principal,
        parts=wanted.terms,
        eligible=_eligible(d, line, wanted.kind),
        confirmed=c_.by == "customer",
        apr_shown=True,
        in_instalment=line.plan(c_.plan) is not None,
        overdue=overdue(line, d.day).dpd > 0,
    )
    check_plan(request, plan_offer(d.catalogue, wanted.kind, d.day))
    confirmed = e.InstalmentConfirmed(by=c_.by, terms=wanted.terms, channel=c_.channel)
    d.emit(CARD, c_.card, confirmed)
    _start(d, c_, line, wanted)


def _start(d: Decision, c_: c.ConfirmInstalment, line: CardLine, wanted: Quote) -> None:
    made = quote(wanted.principal, plan_terms(d.catalogue, wanted.terms, d.day))
    started = e.InstalmentPlanStarted(
        plan=c_.plan,
        principal=wanted.principal,
        terms=wanted.terms,
        charge=made.total_charge,
        apr=made.apr,
        rows=tuple(
            PlanLine(number=p.number, principal=p.principal, charge=p.charge) for p in made.parts
        ),
        paid_items=_oldest_first(line, wanted.kind, wanted.principal),
        gl={},
    )
    d.emit(CARD, c_.card, started)


def _kind(kind: str) -> ItemKind:
    return ItemKind.CASH if kind == "cash" else ItemKind.PURCHASE


def _eligible(d: Decision, line: CardLine, kind: str) -> Money:
    """The most that may go into a plan: a share of billed in-limit purchases, or all of a kind."""
    chosen = [i for i in line.book.items if i.kind is _kind(kind)]
    if kind == "bill":
        billed = total([i.outstanding for i in chosen if i.billed])
        within = max(ZERO, billed - _over_limit(d, line))
        return eligible_bill(within, d.catalogue.fraction("card.plan_bill_share", d.day))
    return total([i.outstanding for i in chosen])


def _over_limit(d: Decision, line: CardLine) -> Money:
    """What is owed above the limit of today; it is to be paid at once, not in parts."""
    return max(ZERO, line.use.used - line.limit.on(d.day))


def _oldest_first(line: CardLine, kind: str, principal: Money) -> tuple[ItemShare, ...]:
    left, shares = principal, []
    for item in line.book.items:
        if item.kind is not _kind(kind) or (kind == "bill" and not item.billed):
            continue
        share = min(item.outstanding, left)
        left -= share
        if share:
            shares.append(ItemShare(item=item.id, amount=share))
    return tuple(shares)


def settle_instalment(d: Decision, c_: c.SettleInstalmentEarly) -> None:
    """End a plan: the rest of its principal, and a charge for the time used only."""
    line = d.need(CARD, c_.card)
    plan = line.plan(c_.plan)
    if plan is None or not plan.running:
        raise Rejected(Reason.ILLEGAL_TRANSITION, plan=c_.plan)
    parts = [PlanPart(x.number, x.principal, x.charge) for x in plan.lines]
    due = settle_early(parts, _end(d, line, plan))
    settled = e.InstalmentSettledEarly(
        plan=c_.plan, principal=due.principal, charge=due.charge.amount, gl={}
    )
    d.emit(CARD, c_.card, settled)
    use_credit_balance(d, c_.card)


def _end(d: Decision, line: CardLine, plan: Plan) -> EarlyEnd:
    last = plan.started if not plan.billed or line.last_cut is None else line.last_cut
    return EarlyEnd(
        billed=plan.billed,
        last_statement=last,
        next_statement=line.next_cut or statement_after(d.day, line.terms.statement_day),
        on=d.day,
        used_time=bool(d.catalogue.value("card.plan_used_time", d.day)),
    )


def agree_plan(d: Decision, c_: c.AgreePlan) -> None:
    """Spread debt beyond ability to pay (CC-13); interest stops while the plan is kept."""
    line = d.need(CARD, c_.card)
    need_stage(line, Stage.ACTIVE, Stage.CANCELLED)
    case = PlanCase(
        beyond_ability=c_.beyond_ability,
        willing=c_.willing,
        plan_exists=bool(line.arrears.agreed),
        approved=c_.approved,
        signed_or_recorded=bool(c_.signed_or_recorded),
    )
    agreement = Agreement(
        principal=line.totals.revolving + line.totals.plans,
        interest=line.totals.interest,
        fees=line.totals.fees,
        waived=Money(0),
        first_payment=c_.first_payment,
        parts=c_.parts,
        signed=d.day,
        due_day=c_.due_day,
    )
    longest = d.catalogue.number("card.plan_agreement_longest", d.day)
    parts = check_plan_case(case, agreement, longest)
    agreed = r.PersonalisedInstalmentAgreed(
        agreed=agreement.agreed,
        signed=d.day,
        parts=tuple(AgreedLine(number=p.number, due=p.due, amount=p.amount) for p in parts),
        first_payment=c_.first_payment,
        signed_or_recorded=c_.signed_or_recorded,
    )
    d.emit(CARD, c_.card, agreed)


def check_kept(d: Decision, due: Due) -> None:
    """Step 260: at the end of a part's grace, is the plan still kept?"""
    line = d.need(CARD, due.stream)
    terms = BreachTerms(
        grace_days=d.catalogue.number("card.plan_agreement_grace", d.day),
        in_row=d.catalogue.number("card.plan_agreement_missed_row", d.day),
        in_all=d.catalogue.number("card.plan_agreement_missed_all", d.day),
    )
    parts = [AgreedPart(x.number, x.due, x.amount) for x in line.arrears.agreed]
    missed = missed_parts(parts, line.arrears.plan_paid, d.day, terms.grace_days)
    if line.totals.debt and is_breached(missed, terms):
        breached = r.PersonalisedInstalmentBreached(on=d.day, rest=line.totals.debt)
        d.emit(CARD, due.stream, breached)


HANDLERS: Final[dict[type, Handler]] = {
    c.QuoteInstalment: by(quote_instalment, Role.RM, Role.CUSTOMER),
    c.ConfirmInstalment: by(confirm_instalment, Role.CUSTOMER, Role.RM),
    c.SettleInstalmentEarly: by(settle_instalment, Role.CUSTOMER, Role.RM),
    c.AgreePlan: by(agree_plan, Role.COLLECTOR, Role.CARD_APPROVER, Role.HEAD_OFFICE),
}
STEPS: Final = {"card_plan_check": check_kept}
