"""Exits with 0 if Helm read a values file as the data that any YAML reader finds in it."""

import sys

import yaml


def data(path):
    with open(path, encoding="utf-8") as stream:
        return yaml.safe_load(stream)


written, read = data(sys.argv[1]), data(sys.argv[2])["values"]
if written != read:
    sys.exit(f"{sys.argv[1]}: Helm read {read}")
