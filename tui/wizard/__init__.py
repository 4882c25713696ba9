"""One run of the wizard: the way over the steps, and a part for each job that takes more than one screen.

`tui.app.SetupApp` composes the parts, and gives each message of a screen to one of them. A part holds the desk (what
is known, with signals for what changes, in `tui.screens.desk`) and the `host` (the few things that it may do in the
app). Its job is a coroutine read from top to bottom: ask, wait, do, say. Begin with `host` and `save`; `navigation`
opens the pages and knows which is shown, `palette` is what can be done from each of them. No part needs an app: the
tests give each a fake host.
"""
