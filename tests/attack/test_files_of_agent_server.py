"""The files of the agent server: a thousand that others left, saves that are killed, and many who write at once."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from attack.test_files_of_other_programs import LAYOUTS, SETTINGS, foreign
from attack.test_saves_cut_short import PROGRAM

from tui.cli import main
from tui.openhands.fields import RETRY_KEYS

FILES = 1000
KILLS = 200
WRITERS = 50


def left_by_others(chance: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    """A profile that is in use, and settings with the same LLM or another."""
    own = {
        key: chance.choice(SETTINGS[key]) for key in chance.sample(sorted(SETTINGS), chance.randrange(len(SETTINGS)))
    }
    profile = {**foreign(chance), "model": "openai/old", **own, **foreign(chance)}
    llm = {**foreign(chance), **(own if chance.random() < 0.7 else {}), "model": chance.choice(["openai/old", "x/y"])}
    agent = {**foreign(chance), "llm": llm, "condenser": None}
    settings = {**foreign(chance), "agent_settings": agent, "active_profile": "default", **foreign(chance)}
    if chance.random() < 0.3:
        kept = {"Default": {**llm, **foreign(chance)}, "Other": foreign(chance)}
        settings["llm_profiles"] = {"profiles": kept, "active": chance.choice(["Default", None])}
    return profile, settings


def texts(chance: random.Random, *whole: dict[str, Any]) -> list[str]:
    return [json.dumps(each, **chance.choice(LAYOUTS)) + chance.choice(["", "\n"]) for each in whole]


def without(whole: Any) -> str:
    """All that is not ours, as one text: order counts."""
    if isinstance(whole, dict):
        ours = {*SETTINGS, "retry_max_wait", "retry_multiplier"}
        return json.dumps({key: without(value) for key, value in whole.items() if key not in ours})
    return json.dumps(whole)


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_what_is_not_ours_is_kept_in_both_files_by_set_and_all_of_it_by_undo(home, tries, attack, capsys) -> None:
    tally = attack("profiles and settings.json of others, set and undone")
    for number in range(tries(FILES)):
        chance = random.Random(number)
        wholes = left_by_others(chance)
        gui = chance.random() < 0.3
        paths = [home / ".openhands/profiles/default.json", home / ".openhands/settings.json"]
        before = texts(chance, *wholes)
        for path, text in zip(paths, before, strict=True):
            put(path, text)
        wanted = {key: chance.choice(SETTINGS[key]) for key in chance.sample(sorted(SETTINGS), 1 + chance.randrange(4))}
        words = [f"{key}={str(value).lower() if isinstance(value, bool) else value}" for key, value in wanted.items()]
        target = "gui" if gui else "server"
        status = main(["set", "--for", target, *words])
        now = [json.loads(path.read_bytes()) for path in paths]
        kept = [without(each) for each in now] == [without(each) for each in wholes]
        llm = now[1]["agent_settings"]["llm"] if gui else now[0]
        taken = all(llm[key] == value for key, value in wanted.items())
        same = [path.read_text() for path in paths] == before
        undone = same or main(["undo", "--for", target]) == 0
        back = [path.read_text() for path in paths] == before
        tally.hold(status == 0 and kept and taken and undone and back, f"{number}: {target} {words}")
        capsys.readouterr()
    tally.close()


KILLED = (
    PROGRAM.partition("path.parent.mkdir()")[0].replace('"project/config.toml"', '".openhands/profiles/default.json"')
    + """
from tui.openhands.targets.profile import Profile
settings = path.parent.parent / "settings.json"
LOCKS = {".profiles.lock", "save.lock"}

def text(number):
    return json.dumps({"model": "openai/x", "seed": number, "pad": f"{number:040}" * 300})

def seeds():
    return json.loads(path.read_text())["seed"], json.loads(settings.read_text())["agent_settings"]["llm"]["seed"]

def left_over():
    sweep_leftovers(path), sweep_leftovers(settings)
    here = [file.name for file in path.parent.iterdir() if file != path]
    here += [file.name for file in settings.parent.iterdir() if file.is_file() and file != settings]
    kept = [file.name for file in state_folder().rglob("*") if file.is_file()]
    ours = {".settings.lock", *LOCKS}
    return [n for n in here if n not in ours] + [
        n for n in kept if n not in ours and not _NAME.fullmatch(n) and not n.endswith(".along")]

def save_as(number):
    save(Profile.read(path), text(number), private=True)
    return 0

path.parent.mkdir(parents=True)
for number in range(4):
    save_as(number)
length, random_, times = steps(save_as), random.Random(1), int(sys.argv[2])
now = 4
for turn in range(times):
    number, count = 5 + turn, 1 + (turn if times > length else random_.randrange(length)) % length
    def work():
        at(count, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        return save_as(number)
    old = seeds()
    status, said = in_child(work)
    whole = set(seeds()) <= {*old, number} and seeds()[0] in (old[0], number)
    left = left_over()
    in_child(lambda: save_as(number))  # the same once more: it is not taken for done
    again = seeds() == (number, number)
    told = f"call {count} of {length}: status {status}, {old} became {seeds()}, left {left}"
    print(json.dumps([bool(whole and again and not left and not said), told]))
"""
)


def test_both_files_are_whole_after_a_kill_and_the_same_save_makes_them_alike(home, tries, attack) -> None:
    kills = attack("SIGKILL at a system call of a save of two files")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, "kill", str(tries(KILLS))], check=False, capture_output=True, text=True,
        timeout=900,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for line in done.stdout.splitlines():
        kills.hold(*json.loads(line))
    kills.close()


SETTER = """
import sys
from tui.cli import main
sys.stdin.read()
sys.exit(main(["set", "--for", "server", sys.argv[1]]))
"""


def test_of_many_who_set_at_once_nobody_is_lost(home, tries, attack) -> None:
    keys = [*RETRY_KEYS, "seed", "timeout", "max_output_tokens", "max_message_chars", "top_k", "temperature"]
    profile = put(home / ".openhands/profiles/default.json", json.dumps({"model": "openai/x"}))
    settings = put(home / ".openhands/settings.json", json.dumps({"agent_settings": {"llm": {"model": "openai/x"}}}))
    count = min(len(keys), max(2, tries(WRITERS)))
    chosen = {key: 1 + number % 2 for number, key in enumerate(keys[:count])}
    words = [[sys.executable, "-c", SETTER, f"{key}={value}"] for key, value in chosen.items()]
    writers = [subprocess.Popen(each, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) for each in words]
    for writer in writers:
        writer.stdin.close()  # type: ignore[union-attr]
    tally = attack("settings of one profile, each by another process at once")
    statuses = [writer.wait(120) for writer in writers]
    found = json.loads(profile.read_text()), json.loads(settings.read_text())["agent_settings"]["llm"]
    for (key, value), status in zip(chosen.items(), statuses, strict=True):
        tally.hold(status == 0 and all(each.get(key) == value for each in found), f"{key}: {status}, {found}")
    tally.close()
