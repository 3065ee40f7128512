stackwright list
stackwright list --format json
