# The material of a cluster that is gone stays, and stays ignored by git.
stackwright render --out out
CLUSTERS=edge-only stackwright render --out out
find out -type f | sort
CLUSTERS=edge-only stackwright verify --out out
# Nothing is left to keep.
rm -r out/lab/secrets/web && CLUSTERS=edge-only stackwright render --out out
stackwright render --out out 2>/dev/null && rm -r out/lab/secrets/web && CLUSTERS=edge-only stackwright render --out out && ls out
