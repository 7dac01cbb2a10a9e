"""What an ingest did."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """What an ingest did, by source."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    """Renamed files: their passages and vectors were kept."""
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    """Files whose text another one has, with the source of that one."""
    removed: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    """Files inside a folder whose format no reader knows: no error, but said."""
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Files that could not be read, each with its reason."""
    passages: int = 0
    """Passages written."""
    embedded: int = 0
    """Passages embedded: those written less those whose vectors were kept."""
    dropped: int = 0
    """Pieces that cleaning took away (`--explain` shows them)."""

    def counts(self) -> dict[str, int]:
        """How many files came to which end."""
        names = ("added", "updated", "moved", "unchanged", "duplicates", "removed", "skipped")
        return {name: len(getattr(self, name)) for name in names}

    @property
    def files(self) -> int:
        """Files that have come to an end, removed ones not counted."""
        counts = self.counts()
        return sum(counts.values()) - counts["removed"]

    def __str__(self) -> str:
        rare = ("moved", "duplicates")
        said = [f"{n} {name}" for name, n in self.counts().items() if n or name not in rare]
        return f"{', '.join(said)}; {self.passages} passages written"
