"""The sentences of a diagnosis where more is known than its code says."""

from typing import Final

from tui.base.translation import _

# reason → code, and the same three. Where more is known than the code says.
REASONS: Final[dict[str, tuple[str, str, str, str | None]]] = {
    "key-of-another": (
        "bad-key",
        _("{host} does not accept the key, which looks like one of {said}."),
        _("Enter a key of {provider}, or choose {said} as the provider."),
        "api_key",
    ),
    "near-names": (
        "unknown-model",
        _("{host} has no model {model}."),
        _("Near it in the catalogue: {said}. Or choose one from the provider's own list."),
        "model",
    ),
    "web-page": (
        "not-an-llm",
        _("{host} answers with a web page: {said}"),
        _("The network may want a login first: open any page in a browser. Or the path of the base URL is wrong."),
        "base_url",
    ),
    "in-container": (
        "no-connection",
        _("Nothing listens at {host}: in a container that is the container itself."),
        _("Use host.docker.internal, and start the container with --add-host host.docker.internal:host-gateway."),
        "base_url",
    ),
    "no-network": (
        "dns",
        _("The address of {provider} was not found: no network here, or no name service."),
        _("Check that this machine reaches the internet, or whether it needs a proxy (HTTPS_PROXY)."),
        None,
    ),
    "only-in-containers": (
        "dns",
        _("{name} is a name that only containers know, and this is not one."),
        _("OpenHands in Docker may well reach it; for OpenHands on this machine use localhost."),
        "base_url",
    ),
    "proxy-before-local": (
        "proxy",
        _("{said} is the proxy for {host}: OpenHands would ask that proxy, not your server."),
        _("Start llm-setup and OpenHands with NO_PROXY={name} in their environment."),
        None,
    ),
    "asks-to-wait": (
        "rate-limited",
        _("{host} still limits the rate after the last attempt, and asks for {said} of patience."),
        _("Let the waits add up to that: make a wait longer, or the attempts more."),
        "retry_max_wait",
    ),
    "no-timeout-set": (
        "timeout",
        _("{host} did not answer within {said}."),
        _("Set a time limit for each request: without one OpenHands waits 100 minutes, and then tries again."),
        "timeout",
    ),
    "foreign-origin": (
        "redirected",
        _("The call would have gone to another address, and the key was not sent there: {said}"),
        _("Enter the address that the key is meant for as base URL."),
        "base_url",
    ),
    "no-litellm": (
        "probe-crashed",
        _("No call can be made: {said}"),
        _("Reinstall llm-setup with all that it needs; sending again does not help."),
        None,
    ),
    "probe-failed": (
        "probe-crashed",
        _("The process that makes the calls does not work: {said}"),
        _("Restart llm-setup; if that does not help, reinstall it."),
        None,
    ),
    "lost-connection": (
        "no-connection",
        _("The connection to {host} was closed before there was a whole answer: {said}"),
        _("Something listens there. Check whether it wants https or another port, and look into its log."),
        "base_url",
    ),
    "not-http": (
        "not-an-llm",
        _("{host} answers, but not in HTTP: {said}"),
        _("Check the port: another service may listen there."),
        "base_url",
    ),
    "https-wanted": (
        "not-an-llm",
        _("{host} wants https: {said}"),
        _("Begin the base URL with https://."),
        "base_url",
    ),
    "unsendable-key": (
        "bad-key",
        _("The key cannot be sent as it is, and was not: {said}"),
        _("Enter it again, without line breaks and without letters that only look like others."),
        "api_key",
    ),
    "no-secret-key": (
        "no-key",
        _("There is an access key for {provider}, and no secret access key."),
        _("Enter the secret that belongs to it, or remove the access key to go by a role of this machine."),
        "aws_secret_access_key",
    ),
    "no-access-key": (
        "no-key",
        _("There is a secret access key for {provider}, and no access key."),
        _("Enter the access key that it belongs to, or remove it to go by a role of this machine."),
        "aws_access_key_id",
    ),
    "no-aws-keys": (
        "no-key",
        _("{provider} finds no credentials: no keys, profile or role on this machine."),
        _("Enter access key and secret, or set AWS_PROFILE."),
        "aws_access_key_id",
    ),
    "no-google-credentials": (
        "no-key",
        _("{provider} finds no credentials of Google Cloud here."),
        _("Set GOOGLE_APPLICATION_CREDENTIALS to a service account's file, or use the Google Cloud CLI's login."),
        None,
    ),
    "rejected-secret": (
        "bad-key",
        _("{host} knows the access key, and does not accept the secret access key."),
        _("Check that the secret is whole, and belongs to this access key."),
        "aws_secret_access_key",
    ),
    "no-project": (
        "bad-request",
        _("{provider} needs a project, and none is named."),
        _("Set VERTEXAI_PROJECT to the id of yours, and VERTEXAI_LOCATION to its region."),
        None,
    ),
    "no-deployment": (
        "unknown-model",
        _("{host} has no deployment {bare}."),
        _("Azure wants the name of your deployment, not that of the model; a new one takes five minutes."),
        "model",
    ),
    "no-azure-path": (
        "not-an-llm",
        _("{host} answers, but has nothing under that address: {said}"),
        _("Check the base URL, which ends after the host, and whether Azure knows this API version."),
        "base_url",
    ),
    "not-pulled": (
        "unknown-model",
        _("{host} does not have the model {bare}."),
        _("Get it there with: ollama pull {bare}. Or choose one of those that it has."),
        "model",
    ),
    "not-loaded": (
        "unknown-model",
        _("{host} has no model loaded."),
        _("Load one in LM Studio, or with lms load, and send again."),
        "model",
    ),
    "closed-model": (
        "forbidden",
        _("{host} knows the key, but gives it no access to {model}: {said}"),
        _("Ask for access to the model there, or choose another one."),
        "model",
    ),
    "wrong-country": (
        "forbidden",
        _("{host} does not serve the region of this machine: {said}"),
        _("Choose a provider that does."),
        None,
    ),
    "account-policy": (
        "forbidden",
        _("The account's own settings leave no one to serve {model}: {said}"),
        _("Change the privacy settings of the account, or choose another model."),
        None,
    ),
    "content-filter": (
        "bad-request",
        _("The content filter of {host} stopped the prompt: {said}"),
        _("Model and key work. Send another prompt, or loosen the filter of the deployment."),
        None,
    ),
    "quota-of-day": (
        "quota",
        _("The quota of this day is used up: {said}"),
        _("Wait for the next day, or raise the limit; retrying does not help."),
        None,
    ),
    "too-much-output": (
        "context",
        _("The output that is asked for does not fit into the context of {model}."),
        _("Allow fewer output tokens."),
        "max_output_tokens",
    ),
    "page-of-refusal": (
        "not-an-llm",
        _("{host} answers with a web page that refuses: {said}"),
        _("A firewall or Cloudflare stands before it and does not let this machine in: try it from another network."),
        None,
    ),
    "gave-up": (
        "timeout",
        _("{host}, or a server behind it, gave up before there was an answer: {said}"),
        _("That is its own time limit, and none of yours. Look at the server behind it, or try again later."),
        None,
    ),
}
