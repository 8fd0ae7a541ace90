"""What everyone shares: money, rates, dates, reasons, the event envelope."""
