# A file that someone edited is refused by name, unless forced.
stackwright render --out out
echo '# mine' >> out/lab/kustomization.yaml
echo '# mine' >> out/lab/machines/up.sh
CLUSTERS=changed stackwright render --out out
cp out/SHA256SUMS before && CLUSTERS=changed stackwright render edge --out out && cmp before out/SHA256SUMS
stackwright verify --out out
CLUSTERS=changed stackwright render --out out --force
CLUSTERS=changed stackwright verify --out out
# Edited to what would be written now: there is nothing to refuse.
CLUSTERS=two stackwright render --out other 2>/dev/null && cp -r other/lab out/ && stackwright render --out out
stackwright verify --out out
