# Only data goes to standard output.
stackwright render 2>/dev/null | grep -E '^(---|kind|apiVersion)'
stackwright render edge | grep -E '^(---|kind)'
stackwright render lab --stack web | grep -c '^---'
# A reader that has seen enough is no error.
(stackwright render; echo "exit code $?" >&2) | head -n 1
(sleep 0.1; stackwright render; echo "exit code $?" >&2) | true
(sleep 0.1; stackwright list; echo "exit code $?" >&2) | true
(sleep 0.1; stackwright --help; echo "exit code $?" >&2) | true
(sleep 0.1; stackwright completions bash; echo "exit code $?" >&2) | true
# Nor is nobody to tell.
stackwright verify 2>&-
ls
