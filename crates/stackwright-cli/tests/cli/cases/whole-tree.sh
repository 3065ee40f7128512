stackwright render --out out
find out -type f | sort
ls -l out/lab/machines/up.sh out/lab/README.md out/SHA256SUMS | cut -c1-10
# Nothing that is as it should be is touched.
find out -exec touch -t 200101010000 {} + && touch -t 200101010001 now && stackwright render --out out
find out -newer now
stackwright verify --out out
