"""Reading a TOML file, and rewriting and saving it without disturbing a byte that is not ours."""
