"""API keys: whose key it is, and where it is kept."""
