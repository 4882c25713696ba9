"""One file a step of the wizard, and its dialogs.

Begin with `step`, what all steps have in common; `tui.wizard.navigation` opens them. A screen shows a draft and the
desk, and posts messages: what changes a file is done by a part in `wizard/`. Longer texts are made in `*_words`.
"""
