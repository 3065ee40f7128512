# A host that is called otherwise has a certificate for its old name, until that is replaced.
CLUSTERS=old-host stackwright render --out out
CLUSTERS=new-host stackwright render --out out
CLUSTERS=new-host stackwright secrets list --out out | grep -o 'does not name.*'
CLUSTERS=new-host stackwright secrets rotate web/tls --out out
CLUSTERS=new-host stackwright render --out out
