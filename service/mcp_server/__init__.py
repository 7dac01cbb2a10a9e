"""The service as a server of the Model Context Protocol: tools and resources for other programs'
language models."""
