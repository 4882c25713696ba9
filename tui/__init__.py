"""llm-setup: a terminal wizard that sets up the LLM of an OpenHands installation."""

from typing import Final

__version__: Final = "0.1.0"
