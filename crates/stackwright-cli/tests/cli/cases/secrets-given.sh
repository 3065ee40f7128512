# What a person gives is asked for until it is there, and nothing stops for it.
export CLUSTERS=given-secret
stackwright render --out out
stackwright secrets list --out out
grep -A5 '^## Secrets' out/lab/README.md
printf the-key > out/lab/secrets/web/mail/key && stackwright render --out out
stackwright secrets list --out out
stackwright secrets rotate mail --out out
