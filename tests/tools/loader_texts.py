"""Texts of config.toml for record_openhands_loader.py: every setting right and wrong, and what people post."""

import json
from collections.abc import Iterator

from tui.openhands.tables import recorded_tables
from tui.openhands.types import bare_type

HEAD = '[core]\n[llm]\nmodel = "openai/x"\n[llm.fast]\nmodel = "openai/y"\n[llm.dropped]\nnum_retrys = 1\n'
RIGHT = {
    "int": ["7", '"8"'], "float": ["1.5"], "bool": ["true", '"yes"'], "str": ['"text"'], "secret": ['"text"'],
    "dict": ["{ a = 1 }"], "list[str]": ['["a"]'], "dict[str,str]": ['{ a = "b" }'], "dict[str,LLMConfig]": ["{}"],
}  # fmt: skip
WRONG = {
    "int": ["1.5", '"x"'], "float": ['"x"'], "bool": ["2", '"maybe"'], "str": ["1"], "secret": ["1"], "dict": ['"x"'],
    "list[str]": ['"a"', "[1]"], "dict[str,str]": ["{ a = 1 }", '"x"'], "dict[str,LLMConfig]": ["1"],
}  # fmt: skip
KINDS = ["7", "1.5", "true", '"text"', '""', '["a"]', '{ a = "b" }', "2024-10-21"]
MORE = [
    '[agent]\nllm_config = "fast"\n', '[agent]\nllm_config = "llm.fast"\n', '[agent]\nllm_config = "dropped"\n',
    '[agent]\nllm_config = "llm"\n', '[agent]\nllm_config = "fast"\nmemory_enabled = true\n',
    '[agent.CodeActAgent]\nllm_config = "fast"\ncodeact_enable_browsing = true\n',
    '[agent.CodeActAgent]\nllm_config = "nowhere"\n', '[agent.condenser]\ntype = "noop"\n', '[agent.extended]\n',
    '[agent]\nenable_jupyter = "maybe"\n[agent.BrowsingAgent]\nenable_jupyter = true\n', '[[agent]]\n',
    '[agent.RepoExplorerAgent]\nllm_config = "fast"\n[agent]\n',
    '[agent.X]\nclasspath = "no.such.Agent"\n', '[agent.X]\nextended = 1\n', '[agent.X.model_routing]\nx = 1\n',
    '[condenser]\n', '[condenser]\ntype = "none"\n', '[condenser]\ntype = ["llm"]\n', '[condenser]\ntype = 1\n',
    '[condenser]\ntype = "llm"\n', '[condenser]\ntype = "llm"\nllm_config = "fast"\n',
    '[condenser]\ntype = "llm"\nllm_config = "nowhere"\n', '[condenser]\ntype = "llm"\nllm_config = "llm.fast"\n',
    '[condenser]\ntype = "llm"\nllm_config = "dropped"\n', '[condenser]\ntype = "llm"\nllm_config = 1\n',
    '[condenser]\ntype = "llm"\nllm_config = "nowhere"\nmax_size = 1\n',
    '[condenser]\ntype = "llm"\n[condenser.llm_config]\nmodel = "openai/z"\n',
    '[condenser]\ntype = "llm_attention"\nllm_config = "fast"\nkeep_first = -1\n',
    '[condenser]\ntype = "llm_attention"\nllm_config = "nowhere"\n',
    '[condenser]\ntype = "structured"\nllm_config = "fast"\n', '[condenser]\ntype = "structured"\n',
    '[condenser]\ntype = "recent"\nllm_config = "fast"\n', '[condenser.mine]\ntype = "recent"\n',
    '[condenser]\ntype = "browser_output_masking"\nanything = 1\n', '[condenser]\ntype = "pipeline"\n',
    '[condenser]\ntype = "conversation_window"\nmax_size = 10\n',
    '[mcp]\nsse_servers = ["http://h/sse"]\n', '[mcp]\nsse_servers = ["http://h/sse", "http://h/sse"]\n',
    '[mcp]\nsse_servers = ["h/sse"]\n', '[mcp]\nsse_servers = [{ url = "http://h/sse", api_key = "k" }]\n',
    '[mcp]\nsse_servers = [{ url = "ftp://h/sse" }]\n', '[mcp]\nsse_servers = [{ api_key = "k" }]\n',
    '[mcp]\nsse_servers = [1]\n', '[mcp]\nsse_servers = "http://h/sse"\n', '[mcp]\nservers = []\n',
    '[mcp]\nsse_servers = 1\n', '[mcp]\nshttp_servers = [{ url = "http://h/mcp", timeout = 0 }]\n',
    '[mcp]\nshttp_servers = [{ url = "http://h/mcp", timeout = 5000 }]\n',
    '[mcp]\nshttp_servers = [{ url = "http://h/mcp", timeout = 60, other = 1 }]\n',
    '[mcp]\nshttp_servers = ["http://h/mcp", "http://h/mcp"]\n', '[mcp]\nshttp_servers = [{ url = 1 }]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", args = ["-y", "x"] }]\n',
    '[mcp]\nstdio_servers = [{ name = "a b", command = "npx" }]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx -y x" }]\n', '[mcp]\nstdio_servers = [{ name = "a" }]\n',
    '[mcp]\nstdio_servers = [{ command = "npx" }]\n', '[mcp]\nstdio_servers = ["npx"]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", args = "-y x" }]\n',
    "[[mcp.stdio_servers]]\nname = \"a\"\ncommand = \"npx\"\nargs = \"-y 'x\"\n",
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", args = [1] }]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", env = { A = "b" } }]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", env = { A = 1 } }]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", env = "A=b,C=d" }]\n',
    '[mcp]\nstdio_servers = [{ name = "a", command = "npx", env = "A" }]\n',
    '[[mcp.sse_servers]]\nurl = "http://h/sse"\n', '[mcp.sse_servers]\nurl = "http://h/sse"\n',
    '[[mcp.stdio_servers]]\nname = "a"\ncommand = "npx"\nextra = 1\n', '[mcpServers.a]\ncommand = "npx"\n',
    '[sandbox]\nvolumes = "/a:/workspace:rw"\n', '[sandbox]\nvolumes = "/a"\n', '[sandbox]\nvolumes = "/a:/b,/c"\n',
    '[sandbox]\nvolumes = "/a:/b:ro:z"\n', '[sandbox]\nvolumes = ""\n',
    '[sandbox]\ncontainer_image = "x"\n', '[sandbox]\nuse_host_network = "True"\n',
    '[security]\nconfirmation_mode = true\nsecurity_analyzer = "invariant"\n', '[[security]]\n', '[[sandbox]]\n',
    '[model_routing]\nrouter_name = "x"\n[model_routing.llms_for_routing.a]\nmodel = "openai/x"\n',
    '[model_routing]\nllms = 1\n', '[[kubernetes]]\n', '[[condenser]]\n', '[[extended]]\n', '[extended]\nx = 1\n',
    '[[mcp]]\n', '[ui]\nx = 1\n', '[Sandbox]\nx = 1\n', '[LLM]\nmodel = "x"\n', '[cli]\nvi_mode = true\n',
    '[evaluation]\nx = 1\n', '[draft_editor]\nmodel = "x"\n',
]  # fmt: skip
ROOT = ["agent = 1\n", 'security = "x"\n', "sandbox = 1\n", "mcp = 1\n", 'mcp = "x"\n', "condenser = true\n",
        "extended = 1\n", "kubernetes = 1\n", "model_routing = 1\n", "core = 1\n", 'LLM_MODEL = "x"\n']  # fmt: skip
CORE = [
    'workspace_base = "/a"\nworkspace_mount_rewrite = "x"\n', 'workspace_mount_rewrite = "x"\n',
    'workspace_base = "/a"\nworkspace_mount_rewrite = "/a:/b"\n', "copy = 1\n", 'json = "x"\n', "max_chars = 5\n",
    'workspace_mount_path = "/a"\nworkspace_mount_rewrite = "x"\n', 'model = "gpt-4o"\n', 'file_store_path = ""\n',
]  # fmt: skip


def texts() -> list[str]:
    return [*_core(), *_tables(), *_condensers(), *(HEAD + more for more in MORE), *_roots()]


def _core() -> Iterator[str]:
    for more in CORE:
        yield HEAD.replace("[core]\n", f"[core]\n{more}")
    for key in recorded_tables().tables["core"]:
        for value in KINDS if key in ("runtime", "cache_dir", "sandbox", "workspace_base") else KINDS[:1] + KINDS[3:6]:
            yield HEAD.replace("[core]\n", f"[core]\n{key} = {value}\n")


def _tables() -> Iterator[str]:
    for name in ("agent", "agent.CodeActAgent", "sandbox", "security", "kubernetes", "model_routing"):
        for key, kind in recorded_tables().tables[name.partition(".")[0]].items():
            for value in [*RIGHT.get(bare_type(kind), ["{}"]), *WRONG.get(bare_type(kind), ["1"])]:
                yield f"{HEAD}[{name}]\n{key} = {value}\n"
        yield f"{HEAD}[{name}]\nno_such_setting = 1\n"


def _condensers() -> Iterator[str]:
    for name, types in recorded_tables().condensers.items():
        yield f'{HEAD}[condenser]\ntype = "{name}"\nno_such_setting = 1\n'
        for key, kind in types.items():
            if bare_type(kind) == "int":
                for value in ("0", "-1", "1.5", "50"):
                    yield f'{HEAD}[condenser]\ntype = "{name}"\nllm_config = "fast"\n{key} = {value}\n'
                    yield f'{HEAD}[condenser]\ntype = "{name}"\n{key} = {value}\n'


def _roots() -> Iterator[str]:
    for root in ROOT:
        yield root + (HEAD.replace("[core]\n", "") if root.startswith("core") else HEAD)


if __name__ == "__main__":
    print(json.dumps(texts()))
