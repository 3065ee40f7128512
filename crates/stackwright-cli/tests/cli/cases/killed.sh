# A render that was killed is continued by the next.
stackwright render --out old 2>/dev/null && CLUSTERS=changed stackwright render --out new 2>/dev/null
# Before anything was moved: only the staging folder is there.
cp -r old out && mkdir out/.stackwright-staging && echo half > out/.stackwright-staging/0
CLUSTERS=changed stackwright render --out out && diff -r -x secrets new out
# After the manifest, before the first file.
rm -r out && cp -r old out && cat old/SHA256SUMS new/SHA256SUMS > out/SHA256SUMS
CLUSTERS=changed stackwright render --out out && diff -r -x secrets new out
# After the first file.
rm -r out && cp -r old out && cat old/SHA256SUMS new/SHA256SUMS > out/SHA256SUMS && cp new/lab/README.md out/lab/
CLUSTERS=changed stackwright render --out out && diff -r -x secrets new out
# After the last file, before what is stale.
rm -r out && cp -r old out && cat old/SHA256SUMS new/SHA256SUMS > out/SHA256SUMS && cp -r new/lab new/edge out/
CLUSTERS=changed stackwright render --out out && diff -r -x secrets new out
# After what is stale, before the last manifest.
rm -r out && cp -r new out && cat old/SHA256SUMS new/SHA256SUMS > out/SHA256SUMS
CLUSTERS=changed stackwright render --out out && diff -r -x secrets new out
# The code changed back in between.
rm -r out && cp -r old out && cat old/SHA256SUMS new/SHA256SUMS > out/SHA256SUMS && cp new/lab/README.md out/lab/
stackwright render --out out && diff -r -x secrets old out
# What the staging folder's name belongs to is still the user's, if it is no folder.
echo mine > out/.stackwright-staging && CLUSTERS=changed stackwright render --out out
