"""`/v1/documents`: a list in pages, and each document with its canonical text."""

from pathlib import Path

from tests.conftest import Ingest, serving


def test_pages_walk_through_all_documents(folder: Path, ingest: Ingest) -> None:
    for number in range(5):
        (folder / f"note-{number}.txt").write_text(f"Note {number}\n\nIt is about {number} apples.")
    index = ingest(folder)
    with serving(index.location) as client:
        seen, offset = [], 0
        while offset is not None:
            page = client.get("/v1/documents", params={"limit": 2, "offset": offset}).json()
            assert page["total"] == 5
            seen += page["documents"]
            offset = page["next_offset"]
        assert sorted(document["source"] for document in seen) == [
            f"note-{number}.txt" for number in range(5)
        ]
        for document in seen:
            whole = client.get(f"/v1/documents/{document['document_id']}").json()
            assert whole["text"] == index.document(document["document_id"]).text
            assert whole["characters"] == len(whole["text"])
            assert {key: whole[key] for key in document} == document
