"""What takes the app more than one screen: moving between steps, saving, the groups of settings."""
