"""What the pages give to other programs: a workflow that comments a pull request, and a hook."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

ROOT: Final = Path(__file__).parents[2]
BLOCK: Final = re.compile(
    r'^```yaml title="[^\n"]*workflow[^\n]*\n(.*?)^```$', re.MULTILINE | re.DOTALL
)
ENGLISH, FRENCH = "how-to/use-in-ci.md", "fr/guides/en-integration-continue.md"
CHARTER: Final = """\
charter: brume
version: {version}
circuits: {{desk: [{{ask: {{role: lead}}, within: 2 h}}]}}
default: desk
rules:
  - permit: weather
    when: {{kind: publish, topics: {{only: [{topics}]}}}}
    because: Weather is public.
"""
MARKUP: Final = "```\\n~~~\\n\\n# Owned\\n@everyone <img src=x>\\r# Owned"
GIT: Final = "git -c user.name=a -c user.email=a@b"
#: What stands on the path of a runner: ours is the Python of the tests.
PROGRAMS: Final = {
    "cmcore": f'exec "{sys.executable}" -m cmcore "$@"',
    "gh": 'echo "$@" >> asked; [ -z "$FORK" ] && cp "${@: -1}" posted.md',
    "pip": "exit 0",
}


def steps(page: str) -> list[str]:
    """Return the scripts of the workflow on a page."""
    (text,) = BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))
    (job,) = yaml.safe_load(text)["jobs"].values()
    return [one["run"] for one in job["steps"] if "run" in one]


class Runner:
    """A machine that checked out a pull request, with programs that stand for the real ones."""

    def __init__(self, folder: Path, **told: str) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        for name, script in PROGRAMS.items():
            (folder / "bin" / name).write_text(f"#!/bin/bash\n{script}\n")
            (folder / "bin" / name).chmod(0o755)
        named = {"BASE": "base", "PR": "7", "FORK": "", "GITHUB_STEP_SUMMARY": f"{folder}/summary"}
        self.env = {**os.environ, **named, **told}
        self.env["PATH"] = f"{folder}/bin:{self.env['PATH']}"
        self.shell(f"git init -q . && {GIT} commit -q --allow-empty -m a && git branch base")

    def shell(self, script: str) -> int:
        told = ["bash", "-e", "-c", script]
        done = subprocess.run(told, cwd=self.folder, env=self.env, check=False, capture_output=True)  # noqa: S603
        return done.returncode

    def has(self, version: object, topics: str) -> None:
        """Put a charter into the pull request."""
        text = CHARTER.format(version=version, topics=topics)
        (self.folder / "charter.yaml").write_text(text, "utf-8")

    def merge(self) -> None:
        """Let the pull request start from what it has."""
        self.shell(f"git add charter.yaml && {GIT} commit -q -m b && git branch -f base")

    def run(self) -> list[int]:
        return [self.shell(one) for one in steps(ENGLISH)]

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


def test_a_pull_request_gets_a_comment_with_the_analysis_and_what_changes(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    runner.has(1, "weather")
    runner.merge()
    runner.has(2, "weather, games")
    assert runner.run() == [0, 0, 0]
    comment = runner.read("posted.md")
    assert "games" in comment
    assert comment.count("###") == 2
    assert runner.read("summary") == comment
    assert runner.read("asked").split()[:3] == ["pr", "comment", "7"]


def test_a_charter_that_changed_without_a_new_version_fails(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    runner.has(1, "weather")
    runner.merge()
    runner.has(1, "games")
    assert runner.run() == [0, 0, 2]


def test_a_first_charter_of_a_fork_is_checked_though_nothing_may_be_posted(tmp_path: Path) -> None:
    runner = Runner(tmp_path, FORK="yes")
    runner.has(1, "weather")
    assert runner.run() == [0, 0, 0]
    assert "weather" in runner.read("summary")


def test_a_charter_that_is_not_valid_is_told_and_none_of_it_is_markup(tmp_path: Path) -> None:
    runner = Runner(tmp_path)
    runner.has(f'"{MARKUP}"', "weather")
    assert runner.run() == [0, 0, 2]
    comment = runner.read("posted.md")
    lines = re.split(r"[\r\n]+", comment)
    assert [one for one in lines if one and not one.startswith(("    ", "### "))] == []
    assert "Owned" in comment


@pytest.mark.parametrize("page", [ENGLISH, FRENCH])
def test_no_later_step_finds_the_token_of_the_checkout(page: str) -> None:
    (text,) = BLOCK.findall((ROOT / "docs" / page).read_text("utf-8"))
    told = yaml.safe_load(text)
    first, *others = told["jobs"].popitem()[1]["steps"]
    assert first["with"]["persist-credentials"] is False
    assert not [one for one in others if "checkout" in one.get("uses", "")]
    assert told["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_the_french_workflow_runs_the_same_commands() -> None:
    def commands(page: str) -> list[str]:
        text = (
            "\n".join(steps(page)).replace("charte.yaml", "charter.yaml").replace(" --lang fr", "")
        )
        text = text.replace("avant.yaml", "before.yaml").replace("commentaire.md", "comment.md")
        return re.sub(r"echo '.*'", "echo", text).splitlines()

    assert commands(FRENCH) == commands(ENGLISH)


@pytest.mark.parametrize("page", [ENGLISH, FRENCH])
def test_no_script_of_the_workflow_holds_what_somebody_else_named(page: str) -> None:
    assert [one for one in steps(page) if "${{" in one] == []


@pytest.mark.parametrize(
    "name",
    [
        "charter.yaml",
        "a/team-b.toml",
        "charte.yaml",
        "équipe.json",
        "our.plan.yml",
        "shop_teams.v2.yaml",
    ],
)
def test_the_hook_checks_files_with_telling_names(name: str) -> None:
    assert re.search(hook()["files"], name)


@pytest.mark.parametrize(
    "name",
    [
        "mkdocs.yml",
        "charter.md",
        "charter/notes.txt",
        "explanation.yaml",
        "steam.json",
        "planet.toml",
        "charter/a.yaml",
    ],
)
def test_the_hook_passes_over_others(name: str) -> None:
    assert not re.search(hook()["files"], name)


def hook() -> Any:  # noqa: ANN401 - of YAML
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert found["entry"] == "cmcore check"
    return found
