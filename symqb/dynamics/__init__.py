"""Time: charging curves, density matrices under the full generator, decay of coherences, export to QuTiP."""
