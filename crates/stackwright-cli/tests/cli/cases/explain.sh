stackwright explain duplicate-object
stackwright explain machines
stackwright explain duplicate-objects
stackwright explain | grep -E '^[a-z]'
CLUSTERS=own-check stackwright explain team-label
CLUSTERS=own-check stackwright check
CLUSTERS=own-check stackwright render
