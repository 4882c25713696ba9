"""The live test: one prompt sent as OpenHands would send it, every attempt visible."""
