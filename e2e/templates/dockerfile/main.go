// What BuildKit finds in Dockerfiles: reads them as JSON strings, one per line, and answers each with the last argument of its last
// command, or the variable or label VALUE.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var text string
		if err := json.Unmarshal(in.Bytes(), &text); err != nil {
			log.Fatal(err)
		}
		value, err := found(text)
		if err != nil {
			log.Fatalf("%v in %q", err, text)
		}
		if err := out.Encode(value); err != nil {
			log.Fatal(err)
		}
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
}

func found(text string) (string, error) {
	file, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return "", err
	}
	stages, _, err := instructions.Parse(file.AST, nil)
	if err != nil {
		return "", err
	}
	if len(stages) != 1 || len(stages[0].Commands) != 1 {
		return "", fmt.Errorf("it has other than one instruction")
	}
	lex := shell.NewLex(file.EscapeToken)
	expand := func(word string) (string, error) {
		value, _, err := lex.ProcessWord(word, shell.EnvsFromSlice([]string{"HOME=/home", "a=1", "x=2"}))
		return value, err
	}
	command := stages[0].Commands[0]
	if expanding, is := command.(instructions.SupportsSingleWordExpansion); is {
		if err := expanding.Expand(expand); err != nil {
			return "", err
		}
	}
	switch command := command.(type) {
	case *instructions.EnvCommand:
		return pair(command.Env)
	case *instructions.LabelCommand:
		return pair(command.Labels)
	case *instructions.ArgCommand:
		return *command.Args[0].Value, nil
	case *instructions.CmdCommand:
		return last(command.CmdLine), nil
	case *instructions.RunCommand:
		return last(command.CmdLine), nil
	}
	return "", fmt.Errorf("it has no known instruction")
}

func pair(pairs instructions.KeyValuePairs) (string, error) {
	for _, pair := range pairs {
		if pair.Key == "VALUE" {
			return pair.Value, nil
		}
	}
	return "", fmt.Errorf("it has no VALUE")
}

func last(words []string) string { return words[len(words)-1] }
