"""One file a step, plus dialogs."""
