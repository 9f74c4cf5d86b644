"""openid-client, a certified relying party of another language, walks the whole way. node/signin.test.mjs has its cases."""

import os
import re
from pathlib import Path

from peers.others.conftest import program, run


def test_a_certified_client_accepts_every_answer(node_folder: Path, base: str) -> None:
    told = run(
        program("node"), "--test", "--test-reporter=tap", "signin.test.mjs",
        folder=node_folder, environment=os.environ | {"BASE": base},
    )  # fmt: skip

    assert re.search(r"^# pass 16$", told, re.MULTILINE), told
    assert re.search(r"^# fail 0$", told, re.MULTILINE), told
