"""Operations of loans (贷款): decisions over the loan, its accounts, collateral and guards."""
