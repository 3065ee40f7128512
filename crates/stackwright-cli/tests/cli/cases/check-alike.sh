# One mistake made often is shown a few times.
for n in 1 2 3 4 5 6 7 8; do printf -- '---\napiVersion: v1\nkind: Service\nmetadata: {name: web%s}\nspec: {prots: []}\n' $n; done > services.yaml
stackwright check services.yaml
stackwright check services.yaml --format json | wc -l
