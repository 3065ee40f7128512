# Without clusters nothing is offered that needs one.
stackwright --help
stackwright check --help
stackwright capacity --help
stackwright trace --help
stackwright --version
stackwright
stackwright completions bash | grep -cE 'render|verify|secrets|list|--cluster\b'
stackwright completions zsh | grep -cE "'(render|verify|secrets|list):|--cluster\b"
stackwright completions fish | grep -cE -- '-a "(render|verify|secrets|list)"|-l cluster\b'
stackwright completions bash | grep -oE 'opts="-h [^"]*"' | head -n 2
# What needs one says so.
stackwright render --out rendered
stackwright verify
stackwright list
stackwright secrets list
ls
