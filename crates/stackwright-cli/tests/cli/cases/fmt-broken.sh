# What cannot be read is shown where it stands, with the object that it is in; what can be is printed.
printf 'kind: ConfigMap\napiVersion: v1\ndata: {a: "1"}\n' > a.yaml
printf 'apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - prot: 80\n' > b.yaml
printf 'apiVersion: v1\nkind: Service\nspec: {a: [}\n' > c.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: web, args: [1, b, 3]}]}\n' > d.yaml
stackwright fmt a.yaml b.yaml c.yaml d.yaml
stackwright fmt --write a.yaml b.yaml
cat b.yaml
