cp -r "$CARGO_MANIFEST_DIR"/tests/charts/* .
stackwright chart web --repo https://charts.example
stackwright chart web --repo https://charts.example --out src/web.rs && head -3 src/web.rs
# An archive says the same, with a digest of its own.
tar -czf web.tgz --owner=0 --group=0 --mtime=2026-01-01 --sort=name web && stackwright chart web.tgz 2> said > web.rs; cat said; stackwright chart web 2> said | diff - web.rs | grep -c '^[<>]'
# What is there is not written over.
stackwright chart web-1.1.0 --out src/web.rs

# An upgrade, and what it is for whoever sets these.
printf 'replicas: 3\nratio: 0.7\nimage: {tag: "1.30"}\nservice: {labels: {a: b}}\n' > ours.yaml
stackwright chart web-1.1.0 --since web
stackwright chart web-1.1.0 --since web.tgz --values ours.yaml
stackwright chart web --since web

# What is no chart.
mkdir empty && stackwright chart empty
stackwright chart nowhere
printf 'name: web\nversion: 1.0.0\n' > empty/Chart.yaml && printf 'a: [\n' > empty/values.yaml && stackwright chart empty
printf 'a: 1\n' > empty/values.yaml && printf '{' > empty/values.schema.json && stackwright chart empty
printf 'name: web\n' > empty/Chart.yaml && stackwright chart empty
printf 'no archive' > no.tgz && stackwright chart no.tgz
head -c 300 web.tgz > cut.tgz && stackwright chart cut.tgz
tar -czf out.tgz --transform 's,web/values.yaml,../values.yaml,' -P web && stackwright chart out.tgz
ln -s /etc/passwd web/link && tar -czf link.tgz web && stackwright chart link.tgz
truncate -s 200M web/link2 && rm web/link && tar -czf bomb.tgz web && stackwright chart bomb.tgz

# Helm is asked only for what isn't here.
PATH=${PATH%%:*} stackwright chart web --repo https://charts.example --version 9.9.9 --since 1.0.0
stackwright chart web --since 1.0.0
PATH=${PATH%%:*} stackwright chart oci://charts.example/web
