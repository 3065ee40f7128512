# Errors of the checks stop the write and the print.
CLUSTERS=duplicate-object stackwright render --out out
CLUSTERS=twins stackwright render --out out
CLUSTERS=twins stackwright render
ls
