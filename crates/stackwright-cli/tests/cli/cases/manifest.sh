# A manifest that cannot be read is never guessed at.
stackwright render --out out
cp out/SHA256SUMS good
(echo '<<<<<<< ours'; cat good) > out/SHA256SUMS
stackwright render --out out
stackwright verify --out out
echo "$(printf %064d 0)  ../victim" > out/SHA256SUMS && echo victim > victim
stackwright render --out out
echo "$(printf %064d 0)  /etc/passwd" > out/SHA256SUMS
stackwright render --out out
printf '\377\n' > out/SHA256SUMS
stackwright render --out out
rm out/SHA256SUMS && mkdir out/SHA256SUMS
stackwright render --out out
cat victim
# Both sides of a merge, without the markers, are fine.
rmdir out/SHA256SUMS && CLUSTERS=changed stackwright render --out other 2>/dev/null && cat good other/SHA256SUMS > out/SHA256SUMS
CLUSTERS=changed stackwright render --out out
CLUSTERS=changed stackwright verify --out out
# Without one, files that differ are taken for someone else's.
rm out/SHA256SUMS && stackwright render --out out
CLUSTERS=changed stackwright render --out out
CLUSTERS=changed stackwright verify --out out
