# What follows a rotation comes from who reads the secret: the server's members from the first on, then whoever logs in with a copy.
CLUSTERS=shared-secret stackwright secrets rotate database/db-login --out 'a tree'
CLUSTERS=shared-secret stackwright secrets rotate shop/db-login --out out | tail -n +3
# What no object says, the declaration does.
CLUSTERS=shared-secret stackwright secrets rotate admin --out out
# And nobody may read it at all.
CLUSTERS=shared-secret stackwright secrets rotate left-over --out out
CLUSTERS=shared-secret stackwright secrets list --out out
