"""What llm-setup answers without the wizard: one file a command, each with `run(options) -> exit status`.

They work without a terminal, write data to stdout and everything else to stderr.
"""
