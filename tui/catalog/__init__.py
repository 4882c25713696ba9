"""Providers and models: what can be chosen, what each needs, what it costs, without asking anybody."""
