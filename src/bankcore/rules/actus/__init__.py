"""Contract engine after ACTUS: schedules, payoffs and state transitions of bank contract types.

A contract type is data (its terms) and pure functions under the standard's names: `schedule`
gives the events, `transition` the state after one and its payoff. Types share what the standard
shares. Risk factors and observed events come in as arguments; every figure is an exact fraction.
"""
