stackwright explain duplicate-object
# A group is listed, and all checks are.
stackwright explain machines | grep -oE '^[a-z]+|^  host-minimum +error +A cluster needs a control plane'
stackwright explain | grep -E '^(api|machines)$'
stackwright explain duplicate-objects
# A check of one's own is as ours.
CLUSTERS=own-check stackwright explain team-label
CLUSTERS=own-check stackwright explain | grep -o '^  team-label'
CLUSTERS=own-check stackwright check
CLUSTERS=own-check stackwright check --ignore team-label
CLUSTERS=own-check stackwright render
