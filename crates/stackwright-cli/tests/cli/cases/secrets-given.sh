# What a person gives is asked for until it is there. Nothing stops for it but kubectl, which refuses a Secret without its file.
CLUSTERS=given-secret stackwright render --out out
CLUSTERS=given-secret stackwright secrets list --out out
grep -A7 '^## Secrets' out/lab/README.md
# As the command has it; an empty file gives nothing.
printf '' | install -m 600 /dev/stdin out/lab/secrets/web/mail/key && CLUSTERS=given-secret stackwright render --out out 2>&1 | grep yours
# What others could read is closed to them, and said once; so is a line break at its end, until it is gone.
echo the-key > out/lab/secrets/web/mail/key && chmod 644 out/lab/secrets/web/mail/key && CLUSTERS=given-secret stackwright render --out out
CLUSTERS=given-secret stackwright secrets list --out out
printf the-key > out/lab/secrets/web/mail/key && CLUSTERS=given-secret stackwright render --out out
ls -l out/lab/secrets/web/mail/key | cut -c1-10
CLUSTERS=given-secret stackwright secrets list --out out
CLUSTERS=given-secret stackwright secrets rotate mail --out out
