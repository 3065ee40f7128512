# Clusters that could not be described, or told apart. Help and completions need none.
CLUSTERS=bad-address stackwright list
CLUSTERS=none stackwright render --out out
CLUSTERS=namesakes stackwright list
CLUSTERS=bad-address stackwright completions bash | grep -q verify && echo "a script"
ls
