# One cluster's part: the other's files and the file at the root are untouched.
stackwright render edge --out out
find out -type f | sort
stackwright verify edge --out out
stackwright verify --out out
stackwright render --out out
CLUSTERS=changed stackwright render edge --out out
CLUSTERS=changed stackwright verify edge --out out
CLUSTERS=changed stackwright render lab --out out
CLUSTERS=changed stackwright verify --out out
