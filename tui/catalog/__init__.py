"""Providers and models: what can be chosen, what each needs, what it costs, without asking anybody.

Begin with `provider` and `model`, what a row is; `first_class` has the providers that are described by hand, `models`
the whole catalogue, `snapshot` its file. `refresh` fetches a newer one, `live_list` asks a provider itself, in a
child.
"""
