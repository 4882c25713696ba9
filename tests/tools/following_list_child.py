"""`tui.catalog.list_child` with an HTTP library that takes the key to wherever a server points."""

import runpy

import httpx


class Following(httpx.AsyncClient):
    """Follows every redirect, whatever it is told."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{**options, "follow_redirects": True})


httpx.AsyncClient = Following
runpy.run_module("tui.catalog.list_child", run_name="__main__")
