"""How settings and key reach OpenHands: the environment, a program started with it, a line to copy."""
