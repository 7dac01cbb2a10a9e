"""Starting and stopping: where the service listens, in how many processes, and how it ends."""
