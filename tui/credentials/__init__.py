"""API keys: whose key it is, what is wrong with it, where it is kept, and the keyring in a child process.

Begin with `identity` (`Credential`: a provider, an origin, a name); `keyring_client`, `private_file`, `key_command`
and `environment_keys` are the places; `pasted_key` gets a key out of what was pasted, `key_faults` says why one is
unusable, `keyring_state` in what state a keyring is, in words. What a key looks like is known in `base.key_shapes`,
since masks below this package ask as well.
"""
