"""A drawing by matplotlib made fit to stand within a page: an inline SVG in the page's colours."""

import io
import re
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ingest.legible import on_one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Stand-ins that matplotlib draws with; in the page they are its colours, light or dark.
INK = "#000001"
QUIET = "#000002"
LINE = "#000003"
ACCENT = "#000004"
GROUND = "#000005"
_IN_THE_PAGE = {
    INK: "currentColor",
    QUIET: "var(--quiet, #6b7a80)",
    LINE: "var(--line, #b9c6c9)",
    ACCENT: "var(--accent, #0b6475)",
    GROUND: "var(--surface, #ffffff)",
}
_STYLE: Any = {  # Any: the stubs know each setting's name and not its type
    "svg.fonttype": "none",
    "text.parse_math": False,  # a tag's dollar signs are no formula
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "lines.linewidth": 1.6,
}
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_LINK = "{http://www.w3.org/1999/xlink}href"
_FONTS = ("font", "font-family")


def drawing(
    name: str, title: str, size: tuple[float, float], paint: Callable[["Axes"], None]
) -> str:
    """What `paint` draws on axes of a size in inches. `name` begins every id, so that several
    drawings can stand in one page; `title` is read out for the picture."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    written = io.StringIO()
    with rc_context({**_STYLE, "svg.hashsalt": name}), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of signs that the measuring font lacks
        figure = Figure(figsize=size, layout="constrained")
        paint(figure.subplots())
        metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(written, format="svg", transparent=True, metadata=metadata)
    return _for_a_page(written.getvalue(), name, title)


def _for_a_page(svg: str, name: str, title: str) -> str:
    """No style attributes or elements, which a strict page refuses, and no fonts of its own."""
    from lxml import etree

    parser = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)
    root = etree.fromstring(svg.encode(), parser)
    for element in list(root.iter("{*}metadata", "{*}style")):
        element.getparent().remove(element)
    for element in root.iter():
        _own_names(element.attrib, name)
        _own_colours(element.attrib)
    root.attrib.update({"role": "img", "aria-labelledby": f"{name}-title", "class": "plot"})
    root.attrib["stroke-linejoin"] = "round"
    for measure in ("width", "height", "version"):
        root.attrib.pop(measure, None)
    heading = etree.Element("{http://www.w3.org/2000/svg}title", {"id": f"{name}-title"})
    heading.text = on_one_line(title)
    root.insert(0, heading)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode"))


def _own_names(attributes: Any, name: str) -> None:
    if "id" in attributes:
        attributes["id"] = f"{name}-{attributes['id']}"
    if _LINK in attributes:
        attributes["href"] = f"#{name}-{attributes.pop(_LINK).removeprefix('#')}"
    if "clip-path" in attributes:
        attributes["clip-path"] = _REFERENCE.sub(rf"url(#{name}-\1)", attributes["clip-path"])


def _own_colours(attributes: Any) -> None:
    style = attributes.pop("style", "")
    for declaration in filter(None, style.split("; ")):
        key, _, value = declaration.rstrip(";").partition(": ")
        if key not in _FONTS:
            attributes[key] = _IN_THE_PAGE.get(value, value)
