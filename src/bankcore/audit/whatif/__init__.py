"""Other futures (另一种未来): the same commands decided anew under other rules, rates or facts."""
