# Wrong flags are exit code 2, and a short text.
stackwright
stackwright rendr
stackwright render --force
stackwright render --out out --stack web
stackwright render --out ''
stackwright completions tcsh
