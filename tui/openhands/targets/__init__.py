"""The files that today's kinds of OpenHands read their LLM from, each behind the same protocol.

`target` has the protocol and the targets by their names; `found` tells which of them are here. `toml_file` is the
config.toml of openhands-ai up to 1.6, `cli` the OpenHands CLI with its `agent_settings`. What each release takes is
recorded from its own classes in `agent_settings_schema.json` (tests/tools/record_cli_schema.py).
"""
