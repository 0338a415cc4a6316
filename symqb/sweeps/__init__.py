"""Outputs of an evaluator over a grid of parameters, as a labelled xarray Dataset, in memory or in a file."""
