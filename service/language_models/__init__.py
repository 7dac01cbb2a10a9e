"""Any language model behind one interface: LlamaIndex's integrations, limits that hold, and
failures in one clear line."""
