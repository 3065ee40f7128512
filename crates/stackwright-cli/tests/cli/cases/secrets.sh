# Material is made once, where git sees nothing of it, for its owner alone; and is never shown.
stackwright secrets list --out nowhere
stackwright render --out out
find out/lab/secrets | sort
ls -ld out/lab/secrets out/lab/secrets/web/admin/password | cut -c1-10
cat out/lab/secrets/.gitignore
stackwright verify --out out
cp out/lab/secrets/web/admin/password before && stackwright render --out out && cmp before out/lab/secrets/web/admin/password
stackwright secrets list --out out
stackwright secrets list edge --out out
# One can be replaced.
stackwright secrets rotate admin --out out
cmp -s before out/lab/secrets/web/admin/password
stackwright secrets rotate admni --out out
stackwright secrets rotate admin --cluster edge --out out
# What is lost is made again.
rm out/lab/secrets/web/admin/password && stackwright secrets list lab --out out
stackwright render lab --out out
grep -c . out/lab/secrets/web/admin/password
