printf '# Settings.\nkind: ConfigMap\napiVersion: v1\ndata: {b: "on", a: "1"}   # two\nmetadata: {name: settings}\n' > a.yaml
printf '{"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "web"}}' > b.json
stackwright fmt a.yaml
stackwright fmt . 2>/dev/null
stackwright fmt < b.json
stackwright fmt --check .
cat a.yaml
chmod 640 a.yaml
ln -s a.yaml link.yaml
stackwright fmt --write link.yaml
stackwright fmt --check .
cat a.yaml
stat -c %a a.yaml
readlink link.yaml
stackwright fmt --write b.json
ls -A
stackwright fmt --check .
stackwright fmt --write -
stackwright fmt missing.yaml
