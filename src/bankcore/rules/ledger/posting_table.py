"""The posting table (分录表), GL-02: every monetary event's legs as data.

A row reads `Dr ACCOUNT amount; Cr ACCOUNT amount`; an amount is a name or a sum of names, an
account a code of the chart or a `{placeholder}` that the event filled when it was decided.
"""

from __future__ import annotations

from typing import Final

ROWS: Final[dict[str, str]] = {
    "D1": "Dr {source} amount; Cr {deposit} amount",
    "D2": "Dr {deposit} amount; Cr {target} amount",
    "D3": "Dr {expense} interest; Cr 2231 interest",
    "D4": "Dr 2231 interest; Cr {target} interest-tax; Cr 2221.02 tax",
    "D5": (
        "Dr {deposit} principal; Dr 2231 matured_interest; Dr {expense} other_interest; "
        "Cr {target} principal+matured_interest+other_interest-tax; Cr 2221.02 tax"
    ),
    "D6": (
        "Dr 2231 interest; Cr {deposit} capitalised; Cr {target} interest-tax-capitalised; "
        "Cr 2221.02 tax"
    ),
    "D7": "Dr {source} amount; Cr {deposit} amount",
    "D8": (
        "Dr {deposit} principal; Dr {expense} interest; Cr {target} principal+interest-tax; "
        "Cr 2221.02 tax"
    ),
    "D9": "Dr {expense} difference; Cr {target} difference",
    "D10": "Dr {deposit} clawback; Cr {expense} clawback",
    "D11": "Dr {expense} interest; Cr 2231 interest",
    "D12": "Dr 2221.02 tax; Cr 1003.02 tax-agent_fee; Cr 6051 agent_fee",
    "D13": "Dr {source} amount; Cr 2241.01 amount",
    "D14": "Dr {deposit} amount; Cr {target} amount",
    "D15": "Dr {deposit} amount; Cr 2011.12 amount",
    "D16": "Dr 2011.12 amount; Cr {deposit} amount",
    "D17": "Dr {deposit} fee; Cr 6021.01 fee",
    "D18": "Dr 1901 amount; Cr 1001 amount",
    "D19": "Dr 1001 amount; Cr 1901 amount",
    "D20": "Dr 6601 amount; Cr 1003.02 amount",
    "D21": "Dr {target} tax; Cr 2221.02 tax",
    "L1": "Dr {loan} amount; Cr {target} amount",
    "L2": "Dr 1132.01 interest; Cr 6011.01 interest",
    "L3": (
        ""
        "Dr {source} principal+principal_past_due+interest_due+interest_accrued+penalty_due+"
        "penalty_accrued+fee; "
        "Cr {loan} principal; Cr 1303.05 principal_past_due; Cr 1132.01 interest_due; "
        "Cr 6011.01 interest_accrued; Cr 1132.03 penalty_due; Cr 6011.03 penalty_accrued; "
        "Cr 6021.05 fee"
    ),
    "L4": (
        "Dr {source} principal+interest_accrued+fee; Cr {loan} principal; "
        "Cr 6011.01 interest_accrued; Cr 6021.05 fee"
    ),
    "L5": "Dr 1132.03 penalty; Cr 6011.03 penalty",
    "L6": "Dr 1303.05 principal; Cr {loan} principal",
    "L7": "Dr {loan} principal; Cr 1303.05 principal",
    "L8": (
        "Dr 6011.01 interest; Cr 1132.01 interest; Dr 6011.03 penalty; Cr 1132.03 penalty; "
        "Dr 8301 interest+penalty; Cr 8999 interest+penalty"
    ),
    "L9": "Dr 8301 interest; Cr 8999 interest",
    "L10": "Dr {source} interest; Cr 6011.01 interest; Dr 8999 interest; Cr 8301 interest",
    "L11": "Dr 6702 increase; Cr {allowance} increase",
    "L12": (
        "Dr {allowance} principal+interest; Cr {loan} principal; Cr 1132.01 interest; "
        "Dr 8401 principal+interest+memo_interest; Cr 8999 principal+interest+memo_interest; "
        "Dr 8999 memo_interest; Cr 8301 memo_interest"
    ),
    "L13": (
        "Dr {source} amount; Cr {allowance} principal; Cr 6011.01 amount-principal; "
        "Dr 8999 amount; Cr 8401 amount"
    ),
    "L14": "Dr {source} fee; Cr 6021.05 fee",
    "L15": "Dr 6011.01 interest; Cr 1132.01 interest; Dr 6011.03 penalty; Cr 1132.03 penalty",
    "L16": "Dr {loan} interest; Cr 1132.01 interest",
    "L17": "Dr 8501 value; Cr 8999 value",
    "L18": "Dr 8999 value; Cr 8501 value",
    "L19": "Dr 1441 value; Cr {loan} value; Dr 8999 memo_value; Cr 8501 memo_value",
    "L20": "Dr 8201 limit; Cr 8999 limit",
    "L21": "Dr 8999 amount; Cr 8201 amount",
    "L22": "Dr 8201 amount; Cr 8999 amount",
    "L23": "",
    "L24": "Dr 8999 interest; Cr 8301 interest",
    "A1": "Dr {source} amount; Cr 2314.01 amount",
    "A2": "Dr 1321 amount; Cr {target} amount",
    "A3": "Dr {source} principal+interest; Cr 1321 principal; Cr 2314.01 interest",
    "A4": "Dr 2314.01 amount; Cr {target} amount",
    "A5": "Dr 2314.01 fee; Cr 6021.04 fee",
    "C1": (
        "Dr 1303.11 amount-from_credit_balance; Dr 2011.10 from_credit_balance; Cr 3001.04 amount"
    ),
    "C2": (
        "Dr 1303.11 amount-from_credit_balance; Dr 2011.10 from_credit_balance; Cr {target} amount"
    ),
    "C3": "Dr 1221.02 fee; Cr 6021.02 fee",
    "C4": "Dr 1132.02 interest; Cr 6011.02 interest",
    "C5": "Dr 1221.02 fee; Cr 6021.02 fee",
    "C6": (
        "Dr {source} principal+interest+fees+excess; Cr 1303.11 principal; "
        "Cr 1132.02 interest; Cr 1221.02 fees; Cr 2011.10 excess"
    ),
    "C7": "Dr 3001.04 amount; Cr 1303.11 amount-excess; Cr 2011.10 excess",
    "C8": "Dr 2011.10 amount; Cr {target} amount",
    "C9": "Dr 1303.12 principal; Cr 1303.11 principal",
    "C10": "Dr 1303.11 principal; Cr 1303.12 principal; Dr 1132.02 charge; Cr 6011.04 charge",
    "C11": "Dr 1303.11 principal; Cr 1303.12 principal; Dr 1132.02 charge; Cr 6011.04 charge",
    "C12": "Dr 6021.02 fee; Cr 1221.02 fee",
    "C13": "Dr 6011.02 interest; Cr 1132.02 interest",
    "C14": "Dr 6021.02 value; Cr 2204 value",
    "C15": "Dr 2204 value; Cr 2241.04 cost; Cr 6021.02 value-cost",
    "C16": "Dr 2204 value; Cr 6021.02 value",
    "C17": "Dr 2204 value; Cr 6021.02 value",
    "C18": "Dr 3001.04 amount; Cr 6021.02 amount",
    "C19": "Dr 1221.01 amount; Cr 1303.11 amount",
    "C20": "Dr 3001.04 amount; Cr 1221.01 amount",
    "C21": "Dr 6711.02 amount; Cr 1221.01 amount",
    "C22": "Dr 1303.11 amount; Cr 1221.01 amount",
    "C23": "Dr 6702 increase; Cr 1304.02 increase",
    "C24": (
        "Dr 1304.02 principal+interest+fees; Cr 1303.11 principal; Cr 1132.02 interest; "
        "Cr 1221.02 fees; Dr 8401 principal+interest+fees; Cr 8999 principal+interest+fees"
    ),
    "C25": "Dr {source} amount; Cr 1304.02 amount; Dr 8999 amount; Cr 8401 amount",
    "C26": "Dr {source} principal; Cr 1303.12 principal",
    "C27": (
        "Dr 6011.04 principal+interest+fees+excess; Cr 1303.11 principal; "
        "Cr 1132.02 interest; Cr 1221.02 fees; Cr 2011.10 excess"
    ),
    "C28": "Dr 6011.04 fee; Cr 1132.02 fee",
    "W1": "",
    "W2": "Dr {source} amount; Cr 2314.02 amount",
    "W3": "Dr 2314.02 amount-fee; Cr 3001.05 amount-fee; Dr 2314.02 fee; Cr 6021.03 fee",
    "W4": "Dr 8101 cost; Cr 8999 cost",
    "W5": "Dr 2314.02 amount; Cr 2011.01 amount",
    "W6": "Dr 3001.05 amount; Cr 2314.02 amount",
    "W7": "Dr 2314.02 amount; Cr 2011.01 amount-fee; Cr 6021.03 fee",
    "W8": "Dr 8999 cost; Cr 8101 cost",
    "W9": "Dr 2314.02 amount; Cr 2011.01 amount",
    "W10": "Dr 1221.02 amount; Cr 6021.03 amount",
    "W11": "Dr 1003.02 amount; Cr 1221.02 amount",
    "W12": "Dr 2011.01 amount; Cr 2011.11 amount",
    "W13": "Dr 2011.11 principal; Dr 6411.02 return; Cr 2011.01 principal+return",
    "W14": "Dr 3001.05 amount; Cr 1003.02 amount",
    "P1": "Dr {payer} amount+fee; Cr {payee} amount; Cr 6021.01 fee",
    "P2": "Dr {payer} amount+fee; Cr 2241.02 amount; Cr 6021.01 fee",
    "P3": "Dr 2241.02 amount; Cr {rail} amount",
    "P4": "Dr {rail} amount; Cr 1003.02 amount",
    "P5": "Dr {rail} amount; Cr {payer} amount+fee; Dr 6021.01 fee",
    "P6": "Dr {rail} amount; Cr {payee} amount",
    "P7": "Dr 1003.02 amount; Cr {rail} amount",
    "P8": "Dr {rail} amount; Cr 2241.01 amount",
    "P9": "Dr 2241.01 amount; Cr {target} amount",
    "P10": "Dr 2241.02 amount; Dr 6021.01 fee; Cr {payer} amount+fee",
    "P11": "Dr {payer} amount; Cr 2241.04 amount",
    "P12": "Dr 2241.04 amount; Cr {payer} amount",
    "P13": "Dr 2241.04 amount; Cr {rail} amount",
    "P14": "Dr {payer} amount; Cr 3001.04 amount",
    "P15": "Dr 3001.04 amount; Cr {payer} amount",
    "P16": "Dr {payer} cash; Dr 2204 points_value; Cr 2241.04 cash+points_value",
    "P17": "Dr 2241.04 cash+points_value; Cr {payer} cash; Cr 2204 points_value",
    "P18": "",
    "R1": "Dr 6711.01 amount-accrued; Dr 2241.03 accrued; Cr {target} amount",
    "R2": "Dr 6711.01 amount; Cr 2241.03 amount",
    "R3": "Dr {income} fee; Cr {target} fee",
    "R4": "Dr {income} interest; Cr {target} interest",
    "R5": "Dr 1221.04 amount; Cr 6711.01 amount",
    "R6": "Dr {source} amount; Cr 1221.04 amount",
    "R7": "Dr 6711.02 amount; Cr {target} amount",
    "R8": "Dr 6601 value; Cr 1003.02 value",
    "X1": "Dr 1003.02 amount; Cr 4001 amount",
    "X2": "Dr {income} amount; Cr 4103 amount",
    "X3": "Dr 4103 amount; Cr {expense} amount",
    "X4": "Dr 4103 amount; Cr 4104 amount-surplus-risk; Cr 4101 surplus; Cr 4102 risk",
    "X5": "Dr 6901 amount; Cr {other} amount",
    "X6": "Dr 1003.01 amount; Cr 1003.02 amount",
    "X7": "Dr 1001 amount; Cr 1003.02 amount",
    "X8": "Dr 1011 amount; Cr 1003.02 amount",
    "X9": "Dr 6801 amount; Cr 2221.03 amount",
}
