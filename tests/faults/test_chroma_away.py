"""The Chroma server is killed and started again while questions and uploads come."""

from pathlib import Path

from ingest.run import run
from ingest.settings import IngestSettings
from tests.chroma_server import cache_of, chroma_server
from tests.conftest import MODELS, serving
from tests.faults.load import LIGHT, TALL, asking, ended, job, letter, send, until


def test_clients_see_503_until_it_is_back_and_uploads_wait(tmp_path: Path, folder: Path) -> None:
    (folder / "light.txt").write_bytes(LIGHT)
    with chroma_server(tmp_path / "chroma") as chroma:
        run(IngestSettings(index=chroma.address), [str(folder)])
        cache = cache_of(tmp_path / "cache", MODELS)
        uploads = str(tmp_path / "uploads")
        with (
            serving(chroma.address, cache=cache, uploads=uploads) as client,
            asking(client.base_url, TALL) as seen,
        ):
            seen.wait_for(200)
            chroma.kill()
            seen.wait_for(503, times=5)
            assert client.get("/readyz").status_code == 503
            sent = send(client, "letter.txt", letter(1, 3))
            until(lambda: job(client, sent)["detail"] is not None, "why the job waits")
            assert job(client, sent)["state"] in ("queued", "running")
            chroma.start()
            seen.wait_for(200, times=5)
            assert ended(client, sent)["added"] == ["letter.txt"]
    assert set(seen.statuses) == {200, 503}
    assert all(chroma.address in detail for detail in seen.details(503))
    assert all("47 metres" in answer for answer in seen.details(200))
