# With several clusters, what is said to be done names its cluster: kubectl talks to one, and takes whatever it is given.
CLUSTERS=strangers stackwright render --out out
CLUSTERS=strangers stackwright render work --out out
cat out/kustomization.yaml
grep -A 12 '^# 1' out/work/README.md
# Two of those that follow are called alike, but for their clusters.
CLUSTERS=strangers stackwright list
CLUSTERS=strangers stackwright list --format json | tail -n 1 | grep -o '"secrets":[^]]*]'
CLUSTERS=strangers stackwright secrets rotate admin --out out
CLUSTERS=strangers stackwright secrets rotate web/work-auditor --out out
CLUSTERS=strangers stackwright secrets rotate admin --cluster home --out out
CLUSTERS=strangers stackwright secrets rotate adminn --out out
CLUSTERS=strangers stackwright capacity
CLUSTERS=strangers stackwright capacity --format json | cut -c 1-30
CLUSTERS=strangers stackwright check
CLUSTERS=strangers stackwright verify --out out
