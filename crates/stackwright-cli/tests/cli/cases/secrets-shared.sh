# What follows a rotation comes from who reads the secret: the server's members from the first on, then whoever logs in with a copy.
mkdir out 'a tree'
CLUSTERS=shared-secret stackwright secrets rotate database/db-login --out 'a tree'
# Whichever of the two is named, the same commands follow.
CLUSTERS=shared-secret stackwright secrets rotate database/db-login --out out 2>&1 | grep -E '^(next|then|note):' > one
CLUSTERS=shared-secret stackwright secrets rotate shop/db-login --out out 2>&1 | grep -E '^(next|then|note):' | diff one - && wc -l < one
# What no object says, the declaration does.
CLUSTERS=shared-secret stackwright secrets rotate admin --out out
# And nobody may read it at all.
CLUSTERS=shared-secret stackwright secrets rotate left-over --out out
CLUSTERS=shared-secret stackwright secrets list --out out
