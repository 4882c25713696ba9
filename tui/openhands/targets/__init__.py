"""The files that today's kinds of OpenHands read their LLM from, each behind the same protocol.

`target` has the protocol and the targets by their names; `found` tells which of them are here. `toml_file` is the
config.toml of openhands-ai up to 1.6, `cli` the OpenHands CLI with its `agent_settings`, `agent_server` what Agent
Canvas starts, with a `profile` and its copy in `settings_json`, and `gui` openhands-ai from 1.8 on, which reads the
latter alone. The JSON files are kinds of `llm_file`. What each release takes is recorded from its own classes in
`*_schema.json` (tests/tools/record_schema.py).
"""
