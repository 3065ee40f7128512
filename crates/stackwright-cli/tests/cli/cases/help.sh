stackwright --help
stackwright render --help
stackwright verify --help
stackwright list --help
stackwright completions --help
