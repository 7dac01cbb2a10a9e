"""The index's folder is removed while questions come, and made again."""

import shutil
from collections.abc import Callable
from pathlib import Path

from ingest.embedding import Encoder
from ingest.run import run
from ingest.settings import IngestSettings
from tests.conftest import serving
from tests.faults.load import LIGHT, TALL, asking


def test_clients_see_503_until_there_is_another(
    tmp_path: Path, folder: Path, encoder: Encoder
) -> None:
    (folder / "light.txt").write_bytes(LIGHT)
    place = tmp_path / "index"
    settings = IngestSettings(index=str(place))
    run(settings, [str(folder)], embedding=encoder)
    ways: list[Callable[[], object]] = [
        lambda: shutil.rmtree(place),
        lambda: place.rename(tmp_path / "elsewhere"),
    ]
    with serving(place) as client, asking(client.base_url, TALL) as seen:
        seen.wait_for(200)
        for metres, take_away in enumerate(ways, 50):
            take_away()
            seen.wait_for(503, times=3)
            assert not (place / "chroma.sqlite3").exists()  # nothing was made in its place
            assert client.get("/readyz").status_code == 503
            (folder / "light.txt").write_bytes(LIGHT.replace(b"47", f"{metres}".encode()))
            run(settings, [str(folder)], embedding=encoder)
            for _ in range(3):  # from the first one on: what was there before is gone
                assert f"{metres} metres" in client.post("/v1/ask", json=TALL).json()["answer"]
            seen.wait_for(200, times=3)
    assert set(seen.statuses) == {200, 503}
    assert all(str(place) in detail for detail in seen.details(503))
