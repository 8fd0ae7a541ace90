"""Compliance rules (合规规则): due diligence, risk rating, KYC status, measures, duties, risks."""
