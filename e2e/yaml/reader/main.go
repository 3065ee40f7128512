// Go's readers of YAML: the one in kubectl and the one in kustomize.
//
//	reader check MEANT WRITTEN   reads each text of WRITTEN as the value that MEANT holds
//	reader read < TEXTS          prints what kubectl's reader finds in each text, or null where it refuses it
//
// Files are JSON lines.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"reflect"

	v3 "go.yaml.in/yaml/v3"
	"sigs.k8s.io/yaml"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) == 4 && os.Args[1] == "check" {
		check(os.Args[2], os.Args[3])
	} else {
		read()
	}
}

func check(meantPath, writtenPath string) {
	meant, written := lines(open(meantPath)), lines(open(writtenPath))
	values, misread := 0, 0
	for meant.Scan() && written.Scan() {
		want := value(meant.Bytes())
		text := value(written.Bytes()).(string)
		for name, got := range map[string]any{"sigs.k8s.io/yaml": kubectl(text), "go.yaml.in/yaml/v3": kustomize(text)} {
			if !reflect.DeepEqual(want, got) {
				misread++
				fmt.Printf("%s\n  meant %q\n  wrote %q\n  read  %q\n", name, want, text, got)
			}
		}
		values++
	}
	fmt.Printf("%d values, 2 readers in Go, %d misread\n", values, misread)
	if misread > 0 || values == 0 {
		os.Exit(1)
	}
}

func read() {
	texts := lines(os.Stdin)
	for texts.Scan() {
		answer, err := yaml.YAMLToJSON([]byte(value(texts.Bytes()).(string)))
		if err != nil {
			answer = []byte(`"refused"`)
		}
		fmt.Printf("%s\n", answer)
	}
}

func kubectl(text string) any {
	data, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		return err
	}
	return value(data)
}

func kustomize(text string) any {
	var read any
	if err := v3.Unmarshal([]byte(text), &read); err != nil {
		return err
	}
	data, err := json.Marshal(read)
	if err != nil {
		return err
	}
	return value(data)
}

func value(data []byte) any {
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		log.Fatal(err)
	}
	return value
}

func open(path string) *os.File {
	file, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	return file
}

func lines(file *os.File) *bufio.Scanner {
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<26)
	return scanner
}
