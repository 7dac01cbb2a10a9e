"""Documents that come over HTTP: kept as files, ingested by jobs, one at a time."""
