"""The report: complete, self-contained, the same twice, and readable by everyone; looked at by a real browser too."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from browser import CHROMIUM, Page, address

import proofs.report.stored
from proofs.prove import VERDICTS, catalogue, stored
from proofs.report import REPORT, graph, publish
from proofs.report.equations import KINDS, kind
from proofs.report.formulas import formula, mathml, prose
from proofs.report.markup import VOID, tag
from proofs.report.page import STYLE
from proofs.report.theorem import THEOREM

GENERATED = Path(__file__).parents[1] / "generated"
AUDIT = json.loads((GENERATED / "audit.json").read_text())["equations"]
FOUND = json.loads((GENERATED / VERDICTS).read_text())
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="320"><path d="M0 0h640v320H0z"/></svg>'
LARGEST = 4_000_000


def draw(folder, name, claim):
    """A figure as the step before the report leaves it."""
    about = {
        "name": name, "title": f"Figure {name}", "caption": "Ergotropy over Delta at epsilon = 1.",
        "alt": "Ergotropy rises with the bias.", "parameters": {"B0": 2, "J": 1}, "choices": ["T_M is 20."],
        "claims": [{"claim": claim, "status": FOUND[claim]["status"], "words": FOUND[claim]["words"]}], "data": {},
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / f"figure_{name}.json").write_text(json.dumps(about))
    (folder / f"figure_{name}.svg").write_text(DRAWING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two figures beside what the installation has, and the page on it."""
    made = tmp_path_factory.mktemp("out")
    draw(made / "figures", "8", "phases_FM_T20")
    draw(made / "figures", "charging", "A14")
    publish(made)
    return made


@pytest.fixture(scope="module")
def text(folder):
    """The page."""
    return (folder / REPORT).read_text()


class Read(HTMLParser):
    """Elements in order, as (name, attributes, names of what they are in); an element closes what it opened."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements, self.words = [], [], Counter()
        self.feed(text)
        assert not self.open

    def handle_starttag(self, name, attributes):
        self.elements.append((name, dict(attributes), tuple(self.open)))
        if name not in VOID:
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name

    def all(self, *names):
        return [attributes for name, attributes, _ in self.elements if name in names]


@pytest.fixture(scope="module")
def read(text):
    """The page's elements."""
    return Read(text)


def test_the_same_files_give_the_same_page(folder, text):
    """Nothing of the run is on it: it can be committed."""
    assert publish(folder).read_text() == text
    assert len(text) < LARGEST
    assert str(folder) not in text


def test_the_committed_page_says_what_is_stored(tmp_path):
    """All but its last section, the versions of what is installed."""
    versions = '<h2 id="versions">'
    new, old = (path.read_text().partition(versions) for path in (publish(tmp_path), GENERATED / REPORT))
    assert new[1] == old[1] == versions
    assert new[0] == old[0]


def test_the_page_needs_nothing_else(text, read):
    """No script, no reference but to itself and to data within it."""
    assert not read.all("script", "link", "iframe", "object", "embed", "form", "base")
    assert not any(key.startswith("on") for _, attributes, _ in read.elements for key in attributes)
    for attributes in read.all("a", "img", "use", "image", "input", "source"):
        for key in ("href", "src", "srcset", "xlink:href", "action"):
            assert attributes.get(key, "#").startswith(("#", "data:"))
    assert not re.search(r"url\(|@import|expression\(", STYLE.read_text())


def test_every_claim_and_equation_has_a_place_and_every_link_leads_somewhere(read):
    """Anchors are there once; each claim and each audited entry has one."""
    places = Counter(attributes["id"] for _, attributes, _ in read.elements if "id" in attributes)
    assert set(places.values()) == {1}
    targets = {attributes["href"].removeprefix("#") for attributes in read.all("a")}
    assert targets <= set(places)
    assert {f"claim-{name}" for name in FOUND} <= set(places)
    assert {f"equation-{entry['number']}" for entry in AUDIT} <= set(places)
    assert {f"claim-{name}" for name in catalogue()[THEOREM].needs} <= targets


def test_every_formula_is_mathml():
    """All formulas that symqb writes, not those of the page alone; nothing of LaTeX is left."""
    written = [entry["latex"] for entry in AUDIT if entry["latex"]]
    written += [formula for entry in AUDIT for formula in entry["derived"]]
    for path in sorted((GENERATED / "formulas").glob("*.json")):
        written += [f["latex"] for part in json.loads(path.read_text())["parts"] for f in part["formulas"]]
    assert len(written) > 1000
    for latex in set(written):
        found = mathml(latex, True)
        assert found.startswith("<math")
        assert not re.search(r"\\|merror|\$", found)


def test_no_latex_is_left_on_the_page(text):
    """Nor are entities escaped twice."""
    shown = re.sub(r"<(style|pre)\b.*?</\1>", "", text, flags=re.S)
    assert "\\" not in shown
    assert "merror" not in shown
    assert "&amp;amp;" not in shown
    assert "&amp;lt;" not in shown


def test_names_of_the_program_are_not_shown_as_symbols(text):
    """A root that only the proofs name is shown as a root."""
    assert "<mi>root</mi>" not in text
    assert "<msqrt><mn>2</mn></msqrt>" in text


def test_the_filter_counts_what_the_head_counts(text):
    """Numbered equations, other formulas, words: the same names and numbers at the top, in the filter and the audit."""
    counted = Counter(map(kind, AUDIT))
    assert sum(counted.values()) == len(AUDIT)
    for name, words in KINDS.items():
        assert f"<dt>{counted[name]} {words.lower()}</dt>" in text
        assert f"> {words} ({counted[name]})</label>" in text


def test_a_population_has_one_formula_where_it_is_shown(text):
    """Elimination first, without what the spanning trees define; those after it, without what elimination defines."""
    eliminated = text.partition("<h4>Populations of the steady state</h4>")[2].partition("<details>")[0]
    trees = text.partition("Populations as sums over spanning trees")[2].partition("</details>")[0]
    norm = mathml(r"\mathcal{N}").removeprefix("<math>").removesuffix("</math>")
    assert norm not in eliminated
    assert eliminated.count('class="row') == 6  # eta_1, eta_2, three ratios, rho_33
    assert trees.count(norm) == 5  # its own line, and four populations
    assert trees.count('class="row') == 9


def test_words_show_symbols_and_names_of_claims():
    """Symbols become mathematics, claims links, the rest is text."""
    shown = prose("As B0 >= |3 Delta|, omega^3 (see A14_corrected) < 1.", frozenset({"A14_corrected", "see"}))
    assert shown.count("<math>") == 3
    assert "<sup>3</sup>" in shown
    assert " ≥ " in shown
    assert "&lt; 1." in shown
    assert 'href="#claim-A14_corrected"' in prose("A14_corrected is proved instead", frozenset({"A14_corrected"}))


def test_symbols_that_contradict_each_other_are_shown_as_formulas(text):
    """No name of the evidence's language, such as a_41_L, is left in the list."""
    listed = text[text.index("Symbols that contradict each other") :]
    listed = listed[: listed.index("</ul>")]
    assert listed.count("<math>") > 20
    assert not re.search(r"\b[aenAE]_|omega_", listed)


def test_a_matrix_keeps_its_rows():
    """Its rows are no lines of a broken formula: each has as many elements as it was given."""
    shown = formula(r"H_B = \begin{pmatrix} a & b \\ c & d \end{pmatrix}")
    assert (shown.count("<mtr>"), shown.count("<mtd")) == (2, 4)


def test_content_is_escaped_and_markup_is_not():
    """Whatever a statement holds, it stays text."""
    assert tag("p", "a < b & c", tag("b", "d"), title='"', class_="x") == (
        '<p title="&quot;" class="x">a &lt; b &amp; c<b>d</b></p>'
    )


def test_readers_and_keyboards_find_their_way(read):
    """Language, landmarks, a skip link first, headings without gaps, tables with captions, images with words."""
    assert read.all("html") == [{"lang": "en"}]
    for landmark in ("header", "nav", "main", "footer"):
        assert len(read.all(landmark)) == 1
    assert read.all("a")[0] == {"href": "#main", "class": "skip"}
    levels = [int(name[1]) for name, _, _ in read.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(read.all("caption")) == len(read.all("table"))
    assert all(attributes.get("scope") in ("row", "col", "rowgroup") for attributes in read.all("th"))
    assert all(attributes.get("alt") for attributes in read.all("img"))
    named = [attributes for attributes in read.all("div", "pre") if "tabindex" in attributes]
    assert named
    assert all(attributes.get("aria-label") for attributes in named)


def test_figures_are_on_the_page(text, read):
    """As images within it, the paper's first, with caption, parameters and what they bear on."""
    assert [a["alt"] for a in read.all("img")] == ["Ergotropy rises with the bias."] * 2
    assert 0 < text.index('id="figure-8"') < text.index('id="figure-charging"')
    drawn = text[text.index('id="figure-8"') : text.index('id="figure-charging"')]
    assert "is 20." in drawn
    assert 'href="#claim-phases_FM_T20"' in drawn


def test_without_figures_of_its_own_a_folder_shows_those_of_the_installation(tmp_path, monkeypatch):
    """And a page is written where there are none at all."""
    shipped = {json.loads(path.read_text())["name"] for path in (GENERATED / "figures").glob("*.json")}
    assert set(re.findall(r'id="figure-(\w+)"', publish(tmp_path).read_text())) == shipped
    monkeypatch.setattr(proofs.report.stored.Stored, "files", lambda self, folder, ending: [])
    assert 'id="figures"' not in publish(tmp_path).read_text()


def test_what_a_kernel_says_is_shown(tmp_path):
    """Where a verdict has it."""
    found = json.loads(stored(tmp_path, VERDICTS).read_text())
    found["A8"]["kernel"] = "checked on 2026-11-25 with Coq 8.16.1: forall T : R, 0 < T -> True"
    (tmp_path / VERDICTS).write_text(json.dumps(found))
    entry = publish(tmp_path).read_text().partition('id="claim-A8"')[2].partition("</article>")[0]
    assert "checked on 2026-11-25 with Coq 8.16.1" in entry
    assert "<code>forall T : R, 0 &lt; T -&gt; True</code>" in entry


def test_a_claim_stands_above_all_that_it_needs():
    """The longest way down gives the layer, and each claim has one place."""
    needs = {"top": ("a", "b"), "a": ("c",), "b": ("c", "d"), "c": ("d",), "d": ()}
    rows = graph.layers(needs)
    level = {name: k for k, row in enumerate(rows) for name in row}
    assert level == {"top": 0, "a": 1, "b": 1, "c": 2, "d": 3}
    assert all(level[name] < level[other] for name in needs for other in needs[name])


def test_verdicts_differ_in_shape_and_word():
    """Colour is not the only sign in the proof graph."""
    shapes = {graph.outline(status, 0, 0) for status in graph.CORNERS}
    assert len(shapes) == len(graph.CORNERS) == 5
    drawn = graph.drawing({"a": ("b",), "b": ()}, {"a": "proved", "b": "refuted"}, {"a"}, "two")
    assert "✓ proved, kernel" in drawn
    assert "✗ refuted" in drawn


def schemes():
    """The colours by name, light and dark, read from the style sheet."""
    light, dark = re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.S)[:2]
    colours = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def luminance(colour):
    """Relative luminance of WCAG 2."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """From 1 to 21."""
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough(scheme):
    """WCAG 2 AA: 4.5 for text, 3 for lines that mean something and for the focus."""
    colours = schemes()[scheme]
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    for ground in ("paper", "panel"):
        for name in ("ink", "muted", "link", "proved", "corrected", "refuted", "supported", "undecided"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
        for name in ("line", "focus"):
            assert contrast(colours[name], colours[ground]) >= 3, (name, ground)


@pytest.fixture(scope="module")
def page(folder):
    """The page in Chromium, everything that unfolds open."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: Debian's package chromium has it")
    with Page(address(folder / REPORT)) as page:
        page.value("document.querySelectorAll('details').forEach(part => { part.open = true })")
        yield page


def test_the_browser_has_nothing_to_complain_about(page, folder):
    """No message on its console, no request but for the page, no image that fails."""
    assert page.messages == []
    assert [asked for asked in page.asked if not asked.startswith("data:")] == [address(folder / REPORT)]
    widths = page.value("[...document.images].map(image => image.complete ? image.naturalWidth : 0)")
    assert widths == [640, 640]


def test_every_formula_is_drawn(page, text):
    """Each formula and each letter and number in it takes room."""
    assert page.value("document.querySelectorAll('math').length") == text.count("<math")
    empty = "[...document.querySelectorAll('%s')].filter(one => !one.getBoundingClientRect().width).length"
    assert page.value(empty % "math, mi, mn, mtext, mfrac") == 0
    assert page.value("document.querySelectorAll('merror').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wider_than_the_page(page, width, scheme):
    """Wide tables and formulas scroll in a box of their own, on a phone and on a desk; colours follow the reader's."""
    page.shown(width, scheme)
    assert page.value("document.documentElement.scrollWidth") == width
    painted = page.value("getComputedStyle(document.body).backgroundColor")
    assert painted == "rgb({}, {}, {})".format(*bytes.fromhex(schemes()[scheme]["paper"][1:]))


def shown(page, which, what):
    """A property of the elements that a selector finds and that are shown."""
    found = f"[...document.querySelectorAll('{which}')].filter(one => one.getClientRects().length)"
    return page.value(f"{found}.map(one => one.{what})")


def visible(page):
    """The audit's entries that are shown, by verdict and kind."""
    return Counter(tuple(name.split()[1:]) for name in shown(page, "tbody.entry", "className"))


ENTRIES = Counter((entry["status"], kind(entry)) for entry in AUDIT)


def test_filters_work_with_the_mouse_and_the_keyboard(page):
    """Each choice leaves what it says, and where that is nothing, says so."""
    page.shown(1280)
    assert visible(page) == ENTRIES
    page.value("document.getElementById('verdict-all').focus()")
    for status in ("proved", "corrected", "refuted", "supported"):
        page.press("ArrowRight", 39)
        assert visible(page) == {key: n for key, n in ENTRIES.items() if key[0] == status}
    page.value("document.getElementById('kind-numbered').click()")
    assert visible(page) == {}
    said = page.value(
        "[...document.querySelectorAll('.nothing')].filter(p => p.getClientRects().length).map(p => p.innerText)"
    )
    assert said == ["Numbered equations: none is supported."]
    page.value("document.getElementById('verdict-all').click()")
    assert visible(page) == {key: n for key, n in ENTRIES.items() if key[1] == "numbered"}
    page.value("document.getElementById('kind-unnumbered').click()")
    assert visible(page) == {key: n for key, n in ENTRIES.items() if key[1] == "unnumbered"}
    page.value("document.getElementById('kind-all').click()")
    assert visible(page) == ENTRIES


@pytest.mark.usefixtures("page")  # or the reason for which there is none
def test_the_first_key_leads_past_the_contents(folder):
    """The skip link comes first and shows itself."""
    with Page(address(folder / REPORT)) as fresh:
        fresh.press("Tab", 9)
        assert fresh.value("document.activeElement.className") == "skip"
        assert fresh.value("document.activeElement.getBoundingClientRect().left >= 0")
        assert fresh.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_print_leaves_out_what_only_a_screen_can_use(page):
    """No filters; the audit stays a table."""
    page.shown(700, medium="print")
    assert page.value("getComputedStyle(document.querySelector('.filters')).display") == "none"
    assert page.value("getComputedStyle(document.querySelector('.audited')).display") == "table"
    page.shown(1280)
