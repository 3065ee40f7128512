# Clusters that could not be described stop only what asks for them.
printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' > a.yaml
export CLUSTERS=bad-address; stackwright check
export CLUSTERS=bad-address; stackwright check a.yaml
export CLUSTERS=bad-address; cat a.yaml | stackwright check -
export CLUSTERS=bad-address; stackwright check lab a.yaml
export CLUSTERS=bad-address; stackwright check a.yaml --cluster lab
export CLUSTERS=bad-address; stackwright capacity
export CLUSTERS=bad-address; stackwright capacity a.yaml | head -n 1
export CLUSTERS=bad-address; stackwright fmt a.yaml
export CLUSTERS=bad-address; stackwright explain host-minimum | head -n 1
export CLUSTERS=bad-address; stackwright completions bash | grep -q verify && echo "a script"
export CLUSTERS=bad-address; stackwright render
export CLUSTERS=namesakes; stackwright check a.yaml
