# Clusters: all, or those that are named.
stackwright check
CLUSTERS=duplicate-object stackwright check
CLUSTERS=duplicate-object stackwright check lab --format json
CLUSTERS=twins stackwright check --ignore machines
CLUSTERS=twins stackwright check --select references,duplicate-object
CLUSTERS=allowed stackwright check --fail-on warning
stackwright check --select refrences
stackwright check --ignore everything 2>&1 | head -n 1
stackwright check lba
stackwright check --kubernetes latest
