stackwright capacity
stackwright capacity lab --format json
# Anyone's nodes and manifests.
printf 'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}}\n' > nodes.yaml
printf 'apiVersion: v1\nkind: Pod\nmetadata: {name: big}\nspec: {containers: [{name: big, image: "nginx:1.29", resources: {requests: {memory: 5Gi}}}]}\n' > pod.yaml
stackwright capacity nodes.yaml pod.yaml
cat nodes.yaml | stackwright capacity - pod.yaml --format json
stackwright capacity pod.yaml --cluster lab | tail -n 4
stackwright capacity pod.yaml
printf 'kind: [\n' | stackwright capacity - nodes.yaml
