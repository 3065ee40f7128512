stackwright --help
stackwright render --help
stackwright verify --help
stackwright secrets --help
stackwright secrets list --help
stackwright secrets rotate --help
stackwright list --help
stackwright completions --help
