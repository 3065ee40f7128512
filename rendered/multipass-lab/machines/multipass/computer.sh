#!/usr/bin/env bash
# Gives this computer what its instances need, now and at each start: the forwards to them, and their network. Run it as root; running it
# again changes nothing.
set -euo pipefail

cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
bash remote/firewall.sh forwards forwards-computer.nft
bash remote/instances-network.sh lab0 10.120.52.1/24
