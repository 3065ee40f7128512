# What a person gives is asked for until it is there, and nothing stops for it.
CLUSTERS=given-secret stackwright render --out out
CLUSTERS=given-secret stackwright secrets list --out out
grep -A7 '^## Secrets' out/lab/README.md
printf the-key > out/lab/secrets/web/mail/key && CLUSTERS=given-secret stackwright render --out out
CLUSTERS=given-secret stackwright secrets list --out out
CLUSTERS=given-secret stackwright secrets rotate mail --out out
