"""Payments (支付结算): account classes, transfers, fees, names, channels (PAY)."""
