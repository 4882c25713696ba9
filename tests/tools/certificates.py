"""A certificate for the loopback, which is its own authority."""

import subprocess
from pathlib import Path

from tools.programs import require_program


def certificate(folder: Path) -> tuple[Path, Path]:
    """Certificate and key, made once in `folder`."""
    chain, key = folder / "localhost.pem", folder / "localhost.key"
    if not chain.exists():
        subprocess.run(
            [require_program("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
             "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
             "-keyout", str(key), "-out", str(chain)],
            check=True, capture_output=True,
        )  # fmt: skip
    return chain, key
