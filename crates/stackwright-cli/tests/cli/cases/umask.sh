# Modes are exact, whatever the umask.
umask 077 && stackwright render --out out 2>/dev/null
ls -l out/lab/machines/up.sh out/lab/README.md out/SHA256SUMS | cut -c1-10
# A mode alone is put right.
chmod -x out/lab/machines/up.sh && chmod +x out/lab/README.md
stackwright verify --out out
stackwright render --out out
stackwright verify --out out
