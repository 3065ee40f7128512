stackwright render --out out
find out -type f | sort | xargs ls -l | cut -c1-10
find out -type f | sort
# Nothing that is as it should be is touched.
find out -exec touch -t 200101010000 {} + && touch -t 200101010001 now && stackwright render --out out
find out -newer now
stackwright verify --out out
