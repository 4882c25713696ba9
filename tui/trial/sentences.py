"""The sentences of a diagnosis."""

from typing import Final

from tui.base.translation import _

# code → what happened, what to do, TOML key. {model}, {provider}, {host} and {said} are filled in.
SENTENCES: Final[dict[str, tuple[str, str, str | None]]] = {
    "no-key": (_("There is no API key for {provider}."), _("Enter one, or choose where it is kept."), "api_key"),
    "bad-key": (
        _("{host} does not accept the key."),
        _("Check that it is whole, still valid, and meant for this provider."),
        "api_key",
    ),
    "forbidden": (
        _("{host} knows the key, but does not allow this call: {said}"),
        _("Check what the key may do, and whether the model is open to your account and region."),
        "api_key",
    ),
    "payment": (_("{host} wants to be paid first: {said}"), _("Top up the account, or choose another provider."), None),
    "unknown-model": (_("{host} has no model {model}."), _("Choose one from the provider's own list."), "model"),
    "unknown-provider": (
        _("{model} names no provider that can be called."),
        _("Put the provider before the name, such as openai/… or anthropic/…."),
        "model",
    ),
    "bad-request": (
        _("{host} refuses the request: {said}"),
        _("Look for the setting that it names among the options."),
        "model",
    ),
    "context": (
        _("The prompt does not fit into the context of {model}."),
        _("Use a shorter prompt, or a model with more context."),
        "model",
    ),
    "rate-limited": (
        _("{host} still limits the rate after the last attempt."),
        _("Wait longer between attempts, or make more of them."),
        "retry_max_wait",
    ),
    "quota": (
        _("The quota of this account is used up: {said}"),
        _("Raising the limit or paying helps; retrying does not."),
        None,
    ),
    "server-error": (
        _("{host} failed with an error of its own: {said}"),
        _("Try again later, or choose another model."),
        None,
    ),
    "overloaded": (
        _("{host} is overloaded or not ready."),
        _("Try again later; a local server may still be loading the model."),
        None,
    ),
    "no-connection": (
        _("No connection to {host}: {said}"),
        _("Check that the server runs, and that address and port are right."),
        "base_url",
    ),
    "dns": (_("There is no host named {host}."), _("Check the spelling of the address, and the network."), "base_url"),
    "tls": (
        _("The connection to {host} cannot be trusted: {said}"),
        _("Check the address and the clock; for a company's own certificate set SSL_CERT_FILE."),
        "base_url",
    ),
    "proxy": (
        _("The proxy does not let the request through: {said}"),
        _("Check HTTP_PROXY and HTTPS_PROXY; put {name} into NO_PROXY if it stands in your own network."),
        None,
    ),
    "redirected": (
        _("The request was meant for another address, and the key was not sent there: {said}"),
        _("Enter the final address as base URL."),
        "base_url",
    ),
    "timeout": (_("{host} did not answer in time."), _("Try again, or allow more time."), "timeout"),
    "not-an-llm": (
        _("{host} answers, but not as an LLM does: {said}"),
        _("Check the path of the base URL, and whether a login page is in the way."),
        "base_url",
    ),
    "too-large": (
        _("{host} sends more than an LLM answers: {said}"),
        _("Check the path of the base URL, and what serves there: an answer has a few KB."),
        "base_url",
    ),
    "empty-answer": (
        _("{model} answered without any text."),
        _("Allow more output tokens, or choose another model."),
        "max_output_tokens",
    ),
    "probe-crashed": (
        _("The process that makes the calls was lost: {said}"),
        _("Send again: another one has been started."),
        None,
    ),
    "cancelled": (_("The test was stopped."), _("Send again to start it anew."), None),
}
