"""Payments (支付结算): account classes, transfers, rails, fees, names; PAY-01, PAY-03…PAY-06."""
