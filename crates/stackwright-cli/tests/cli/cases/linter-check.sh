# Anyone's manifests, without a cluster: files, folders, and what is piped in.
mkdir app && printf 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {prots: []}\n' > app/bad.yaml
stackwright check app
stackwright check app/bad.yaml --format json
cat app/bad.yaml | stackwright check
stackwright check < app/bad.yaml
stackwright check - < app/bad.yaml --format github
# Nothing is not clean.
stackwright check < /dev/null
: | stackwright check
stackwright check app/missing.yaml
stackwright check app --cluster lab
# The others.
stackwright fmt app/bad.yaml
printf 'kind: ConfigMap\napiVersion: v1\n' | stackwright fmt
stackwright explain host-minimum | head -n 3
printf 'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}}\n' > nodes.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "nginx:1.29", resources: {requests: {memory: 5Gi}}}]}\n' > pod.yaml
cat nodes.yaml pod.yaml | sed 's/^apiVersion/---\n&/' | stackwright capacity
