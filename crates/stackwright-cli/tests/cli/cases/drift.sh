stackwright render --out rendered
stackwright verify
sed s/1.29/1.28/ rendered/lab/web/deployment-hello.yaml > edited && mv edited rendered/lab/web/deployment-hello.yaml
rm rendered/lab/web/service-hello.yaml
echo mine > rendered/lab/web/mine.yaml
chmod -x rendered/lab/machines/up.sh
printf 'no newline' >> rendered/lab/machines/up.sh
ln -s README.md rendered/edge/link
stackwright verify
stackwright verify edge
# It writes nothing, and looks at no secret material.
rm -r rendered && stackwright render --out rendered 2>/dev/null && echo hunter2 > rendered/lab/secrets/web/admin/password
cp -r rendered before && stackwright verify && diff -r before rendered && rm -r rendered/lab/secrets/web && stackwright verify
# The manifest is part of the tree.
grep -v README before/SHA256SUMS > rendered/SHA256SUMS; stackwright verify | cut -c1-1,66-
rm rendered/SHA256SUMS; stackwright verify
