"""Sphinx: pages in Markdown, the API from docstrings, formulas as MathML. Nothing is fetched, now or by a browser."""

import re
from typing import Any

from docutils import nodes

import symqb
from proofs.report.formulas import mathml

project, version, author = "symqb", symqb.__version__, "The symqb developers"
copyright = "the symqb developers, MIT licence"
extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {
    "description": "A spin-chain quantum battery: derived, verified, exported",
    "page_width": "1180px",
    "body_max_width": "auto",
    "sidebar_width": "230px",
    "show_powered_by": False,
}
html_math_renderer = "mathml"
html_copy_source = False
html_static_path, html_css_files = ["_static"], ["math.css"]

myst_enable_extensions = ["dollarmath", "amsmath"]
nb_execution_mode = "off"  # outputs are those that are committed; a test executes the notebook
nb_merge_streams = True

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
#: What annotations name that has no page here: other packages and Python itself.
OTHERS = r"(sp|sympy|np|xr|xarray|pandas|collections|typing|fractions|hypothesis)\..*|Path|Axes|Figure"
nitpick_ignore_regex = [("py:.*", OTHERS), ("py:.*", "Array|Numbers")]  # the latter: our names for arrays

#: Literals of a docstring, inline and in blocks, which stay as they are.
LITERAL = re.compile(r"(``[^`]*``|::\n(?:\n|[ ].*\n)+)")
#: What a docstring says of an argument or a field.
FIELD = re.compile(r"(\w+(?:, \w+)*): (?=\S)")
#: The next one, in the same line.
FURTHER = re.compile(r"(?<=[.;] )(\w+(?:, \w+)*): (?=\S)")


def escape(_app: Any, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]) -> None:
    """Docstrings are plain text with ``literals``: bars and stars in them are bars and stars."""
    parts = LITERAL.split("\n".join(lines))
    parts[::2] = [re.sub(r"([|*])", r"\\\1", part) for part in parts[::2]]
    lines[:] = itemised("".join(parts).split("\n"))


def readable(_app: Any, _what: str, _name: str, _object: Any, _options: Any, signature: str, returns: str) -> Any:
    """A default that is made by a factory is left open; as it stands it is no Python."""
    return signature and signature.replace("<factory>", "..."), returns


def itemised(lines: list[str]) -> list[str]:
    """Lines that begin with ``name: `` become items of a list, until a blank line or what is raised or returned."""
    found, inside = list[str](), False
    for line in lines:
        if FIELD.match(line):
            found += ["", "- " + FURTHER.sub(r"**\1**: ", FIELD.sub(r"**\1**: ", line, count=1))]
            inside = True
        elif not line or re.match(r"(Raises|Returns) ", line):
            found += ["", line]
            inside = False
        else:
            found.append("  " + FURTHER.sub(r"**\1**: ", line) if inside else line)
    return found


def inline(self: Any, node: Any) -> None:
    """A formula in a line."""
    self.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def displayed(self: Any, node: Any) -> None:
    """A formula of its own."""
    self.body.append(f'<div class="formula">{mathml(node.astext(), True)}</div>')
    raise nodes.SkipNode


def setup(app: Any) -> None:
    """What Sphinx calls."""
    app.connect("autodoc-process-docstring", escape)
    app.connect("autodoc-process-signature", readable)
    app.add_html_math_renderer("mathml", (inline, None), (displayed, None))
