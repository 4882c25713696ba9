"""What OpenHands is: its settings, its releases, its files and how each reads them.

Facts only, without a word to the user: whoever checks a file says what follows from them. Begin with `loader`, which
answers what OpenHands does with the tables of a config.toml beside `[llm]`; `tables` has their settings as recorded
from the releases named there (tests/tools/record_openhands_loader.py), `types` what pydantic takes for a type.
"""
