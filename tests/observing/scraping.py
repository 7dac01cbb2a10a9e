"""What a Prometheus server would read."""

import httpx
from prometheus_client.parser import text_string_to_metric_families

Series = tuple[str, frozenset[tuple[str, str]]]
"""A name and labels."""


def samples(
    client: httpx.Client, key: str = ""
) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    """Values by name and labels, each once."""
    response = client.get("/metrics", headers={"X-API-Key": key} if key else {})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("text/plain; version=")
    found: dict[Series, float] = {}
    for family in text_string_to_metric_families(response.text):
        for sample in family.samples:
            series: Series = (sample.name, frozenset(sample.labels.items()))
            assert series not in found
            found[series] = sample.value
    return found


class Scrape:
    def __init__(self, client: httpx.Client, key: str = "") -> None:
        self._samples = samples(client, key)

    def value(self, name: str, **labels: str) -> float:
        """0 for a series that is not there."""
        return self._samples.get((name, frozenset(labels.items())), 0.0)

    def total(self, name: str, **labels: str) -> float:
        """Over all series of that name that have these labels."""
        wanted = labels.items()
        return sum(
            value
            for (known, having), value in self._samples.items()
            if known == name and wanted <= having
        )

    def names(self) -> set[str]:
        return {name for name, _ in self._samples}
