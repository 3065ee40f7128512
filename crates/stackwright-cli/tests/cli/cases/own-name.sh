# A program goes by its own name.
homelab --version
homelab --help | head -n 3
homelab check --help | grep homelab
homelab completions --help | grep homelab
homelab completions bash | grep -oE '^_[a-z]+|-F _[a-z]+ .*|stackwright'
homelab completions fish | grep -m 1 -o 'complete -c homelab'
homelab rendr
mkdir chart && printf 'apiVersion: v2\nname: chart\n' > chart/Chart.yaml && homelab check chart
# The tool behind it does not change with it.
printf 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' | homelab check - --format sarif --select host-minimum | grep -E '"(name|text)"'
# Here the scripts hold everything.
homelab completions fish | grep -oE -- '-a "(render|verify|secrets|list)"' | sort -u
homelab completions zsh | grep -oE "'(render|verify|secrets|list):" | sort -u
