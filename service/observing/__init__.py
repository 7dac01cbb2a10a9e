"""What the service tells of itself: request ids, logs, metrics and traces."""
