# Clusters whose machines are someone else's: nothing is known of their nodes, and that is said.
export CLUSTERS=existing; homelab check
export CLUSTERS=existing; homelab capacity
export CLUSTERS=existing; homelab capacity eks
export CLUSTERS=existing; homelab capacity eks --format json | grep -o '"fits":"[a-z]*"' | sort | uniq -c
export CLUSTERS=existing; homelab render --out rendered
# The cluster itself tells of them.
printf 'apiVersion: v1\nkind: Node\nmetadata: {name: n1}\nstatus: {allocatable: {cpu: "2", memory: 4Gi, pods: "110"}}\n' > nodes.yaml
export CLUSTERS=existing; cat nodes.yaml | homelab capacity - --cluster eks
