stackwright --help
stackwright render --help
stackwright verify --help
stackwright check --help
stackwright capacity --help
stackwright trace --help
stackwright explain --help
stackwright fmt --help
stackwright secrets --help
stackwright secrets list --help
stackwright secrets rotate --help
stackwright list --help
stackwright completions --help
stackwright apply --help
stackwright status --help
