# Without what encrypts, a program says how it is had.
CLUSTERS=given-secret stackwright render --out out 2>/dev/null
CLUSTERS=given-secret stackwright secrets seal --recipient age1 --out out
echo a-key > key && CLUSTERS=given-secret stackwright secrets open --identity key --out out
CLUSTERS=given-secret stackwright secrets open --identity missing --out out
# What is sealed and not opened here is not made anew, and not asked for.
mkdir out/lab/secrets/sealed && touch out/lab/secrets/sealed/web.mail.sops.yaml
CLUSTERS=given-secret stackwright render --out out
CLUSTERS=given-secret stackwright secrets list --out out
CLUSTERS=given-secret stackwright verify --out out
# git takes it, and nothing else of the folder.
git init --quiet out && touch out/lab/secrets/web/mail/key out/lab/secrets/.sealed && git -C out status --short --untracked-files=all lab/secrets
