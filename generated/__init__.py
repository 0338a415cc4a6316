"""What symqb writes: evaluators and formulas. Do not edit; run `symqb generate`."""
