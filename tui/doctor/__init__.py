"""One look at everything: program, terminal, files, environment, keyring, keys, network, endpoint, policy, catalogue.

Begin with `examination`, which asks all the others side by side; `observation` is what each of them returns, `remedies`
what can be put right after a yes. Nothing is judged here that another room judges already: it asks them.
"""
