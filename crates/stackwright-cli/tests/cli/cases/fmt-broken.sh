# What cannot be read is shown where it stands; what can be is printed.
printf 'kind: ConfigMap\napiVersion: v1\ndata: {a: "1"}\n' > a.yaml
printf 'apiVersion: v1\nkind: Service\nspec:\n  ports:\n  - prot: 80\n' > b.yaml
printf 'apiVersion: v1\nkind: Service\nspec: {a: [}\n' > c.yaml
stackwright fmt a.yaml b.yaml c.yaml
stackwright fmt --write a.yaml b.yaml
cat b.yaml
