"""Chains too long for closed forms: the same battery, diagonalised and solved numerically, with NumPy alone."""
