# A program of clusters checks those: what is piped in is read as `-`, and never passes in silence.
printf 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {prots: []}\n' > bad.yaml
cat bad.yaml | stackwright check -
cat bad.yaml | (sleep 0.2; stackwright check)
stackwright check < bad.yaml
stackwright capacity lab < bad.yaml | head -n 1
stackwright capacity < bad.yaml | head -n 1
# Who writes may be slow: the pipe is open, and nothing is in it yet.
mkfifo pipe && stackwright check <> pipe
# What CI and cron give to programs holds nothing, and the clusters are checked.
stackwright check < /dev/null
: | (sleep 0.2; stackwright check)
stackwright check <&-
CLUSTERS=twins stackwright check < /dev/null > /dev/null
# A list that is read line by line is not swallowed.
printf 'one\ntwo\n' | while read -r line; do echo "$line"; stackwright check 2>/dev/null; done
