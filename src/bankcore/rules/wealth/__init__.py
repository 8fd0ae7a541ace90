"""Wealth products (理财与投资): suitability, dealing, fees, redemption, payoffs (WM)."""
