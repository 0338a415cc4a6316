"""Where a figure of merit is largest: a search over boxes of parameters, by numbers (exact optima: symqb.limits)."""
