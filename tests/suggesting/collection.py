"""Documents of several genres, to make questions of."""

from pathlib import Path

MILL = """The Aune Mill

The Aune mill was built in 1898 by Ida Holm. It ground rye for the valley until 1954. \
Today the mill is a museum of farming.

The Aune Mill Society has 240 members. She restored it in 1987. Entry costs four crowns.
"""
POLICY = """# Travel Policy

This policy applies to everyone from March on.

## Meal allowance

The daily meal allowance is 60 euros within Europe and 75 euros elsewhere.

## Remote work abroad

Employees may work from abroad for up to 20 days a year. Managers must approve trips abroad at \
least 14 days before departure.
"""
BREAD = """# Rye bread from the island

A dense bread for the whole week.

## Baking

Heat the oven to 220 °C. Bake the bread for 45 minutes. The loaves are done when they sound hollow.
"""
MINUTES = """# Board meeting in February

Present: Anna Lund, Jonas Berg

The warehouse in Trondheim was delayed because the ground was frozen. It will open in June.
"""
GERMAN = """Die alte Mühle von Aunedal

Die Mühle von Aunedal wurde 1898 von Ida Holm gebaut. Sie mahlte bis 1954 Roggen für das Tal. \
Heute ist die Mühle ein Museum für Landwirtschaft und alte Handwerke.
"""
GERMAN_FAQ = """# Häufige Fragen zum Museum

## Was kostet der Eintritt?

Der Eintritt kostet vier Kronen für Erwachsene. Kinder zahlen nichts.

## Wie heißt der Hund der Köchin?
"""

ASKING = """# Questions to be asked on the tour

## How do the finished loaves sound?
"""


def write(folder: Path, **texts: str) -> Path:
    """Files named by the arguments, Markdown where the text is."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        ending = "md" if text.startswith("#") else "txt"
        (folder / f"{name}.{ending}").write_text(text, "utf-8")
    return folder
