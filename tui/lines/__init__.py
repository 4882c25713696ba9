"""The wizard as questions and answers on a plain terminal, or through a pipe: nothing is drawn, moved or coloured.

The same desk, drafts, checks and parts of `wizard` as the screens have, and their sentences; here is only how one asks.
Begin with `journey`; `talk` prints and reads, `host` stands in for the app before the parts of the wizard.
"""
