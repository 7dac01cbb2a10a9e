"""Questions proposed by rule from the sentences of documents, English only."""
