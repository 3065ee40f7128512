# What people get wrong in manifests, and what they are told. Each is one finding, at its place, with a way out.
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n' > head
(cat head; printf "data:\n\tkey: value\n") > tab.yaml; stackwright check tab.yaml
(cat head; printf "data:\n  key value\n  other: x\n") > no-colon.yaml; stackwright check no-colon.yaml
(cat head; printf "data:\n  key:value\n  other: x\n") > no-space.yaml; stackwright check no-space.yaml
(cat head; printf "data:\n  url: a: b\n") > two-colons.yaml; stackwright check two-colons.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n   image: b\n' > indentation.yaml; stackwright check indentation.yaml
(cat head; printf "data:\n  a: \"one\n  b: two\n") > quote.yaml; stackwright check quote.yaml
(cat head; printf "data:\n  a: 'it's'\n") > apostrophe.yaml; stackwright check apostrophe.yaml
(cat head; printf "data:\n  a: one\n  a: two\n") > twice.yaml; stackwright check twice.yaml
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  port: 80\n' > unknown-field.yaml; stackwright check unknown-field.yaml
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports: {port: "80"}\n' > wrong-type.yaml; stackwright check wrong-type.yaml
(cat head; printf "data:\n  a: on\n  b: 0123\n") > no-text.yaml; stackwright check no-text.yaml
printf 'kind: Deployment\nmetadata: {name: a}\n' > no-api-version.yaml; stackwright check no-api-version.yaml
printf 'apiversion: v1\nkind: Service\nmetadata: {name: a}\n' > slip.yaml; stackwright check slip.yaml
printf 'apiVersion: v1\nmetadata: {name: a}\n' > no-kind.yaml; stackwright check no-kind.yaml
printf 'replicaCount: 1\nimage: {tag: latest}\n' > values.yaml; stackwright check values.yaml
printf 'resources: [a.yaml]\nnamePrefix: x-\n' > overlay.yaml; stackwright check overlay.yaml
(cat head; printf "data:\n  a: {{ .Values.a | quote }}\n") > template.yaml; stackwright check template.yaml
(cat head; printf "{{- if .Values.b }}\ndata: {a: b}\n{{- end }}\n") > condition.yaml; stackwright check condition.yaml
printf '<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> b\n' > conflict.yaml; stackwright check conflict.yaml
printf '' > empty.yaml; stackwright check empty.yaml
printf '# apiVersion: v1\n# kind: Pod\n' > comments.yaml; stackwright check comments.yaml; stackwright fmt --write comments.yaml; cat comments.yaml
printf 'a: \000\001\377\n' > binary.yaml; stackwright check binary.yaml
printf 'kind: Pod\nname: M\374ller\n' > windows.yaml; stackwright check windows.yaml
printf '\377\376a\000:\000' > utf16.yaml; stackwright check utf16.yaml
printf '{"kind": "Pod", "apiVersion": "v1",}' > trailing.json; stackwright fmt trailing.json
printf '# why\napiVersion: example.com/v1\nkind: Site # what\nspec: {mode: on}\n' > comment.yaml; stackwright fmt comment.yaml
