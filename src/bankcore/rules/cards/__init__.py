"""Credit cards (信用卡): limits, cycles, interest, charges, instalments, points; CC-01…CC-15."""
