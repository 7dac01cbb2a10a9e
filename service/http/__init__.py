"""HTTP: the endpoints, their schemas, and the pages."""
