# Types of what CRDs define: to standard output, and what was left out to standard error.
mkdir crds && printf 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  group: shop.example\n  scope: Namespaced\n  names: {kind: Basket, plural: baskets}\n  versions:\n  - name: v1\n    served: true\n    schema:\n      openAPIV3Schema:\n        description: What somebody is about to buy.\n        type: object\n        required: [spec]\n        properties:\n          spec:\n            type: object\n            required: [size]\n            properties:\n              size: {type: integer, format: int32, description: How much is in it.}\n              kind: {type: string, enum: [paper, string-bag]}\n          status: {type: object}\n  - name: v1alpha1\n    served: true\n    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}\n' > crds/basket.yaml
stackwright types crds
cat crds/basket.yaml | stackwright types --docs none --newest | grep -c '///'
printf -- '---\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n' >> crds/basket.yaml
stackwright types crds/basket.yaml crds/basket.yaml | wc -l
# What can't be read is named, with its place.
sed 's/group: .*/grupo: a/' crds/basket.yaml | stackwright types -
sed 's/names: .*/names: {{ .Values.names }}/' crds/basket.yaml | stackwright types -
printf 'apiVersion: v1\nkind: Service\n' | stackwright types
stackwright types none.yaml
stackwright types < /dev/null
stackwright types --help
# It is no command of each program of clusters.
ls
