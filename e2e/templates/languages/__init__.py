"""Per language its places in a template, what may be refused there, and what its program finds in filled templates."""

import subprocess

from hostile import controls, marked


def run(command, folder, **options):
    """What a program prints, which runs nothing that a value says."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr.decode(errors='replace')[-3000:]}")
    if (folder / "pwned").exists():
        raise SystemExit(f"{command} ran what a value says")
    return done.stdout


def comment(text):
    return marked(text) or controls(text) or any(char in "<>*\\\t\u2028\u2029" for char in text)
