"""The report: one static page with all that was derived, proved and measured, which needs no network and no script."""

from __future__ import annotations

from pathlib import Path

from symqb.output import write

REPORT = "report/index.html"


def publish(folder: Path) -> Path:
    """Write the page on what is in ``folder`` and say where it is. The same files give the same page."""
    from proofs.report.page import page

    path = folder / REPORT
    write(path, page(folder))
    return path
