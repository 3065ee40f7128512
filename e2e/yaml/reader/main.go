// Go's readers of YAML: the one in kubectl and the one in kustomize.
//
//	reader check MEANT WRITTEN   reads each text of WRITTEN as the value that MEANT holds
//	reader build < OBJECTS       prints what `kubectl kustomize` makes of a folder with each object, or "" where it refuses it
//	reader read < TEXTS          prints the documents that `kubectl apply -f` finds in each text, or "refused",
//	                             or "drops" where there is more that it does not look at
//
// Files are JSON lines.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"reflect"
	"strings"

	v2 "go.yaml.in/yaml/v2"
	v3 "go.yaml.in/yaml/v3"
	"k8s.io/apimachinery/pkg/runtime"
	streams "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

func main() {
	log.SetFlags(0)
	switch {
	case len(os.Args) == 4 && os.Args[1] == "check":
		check(os.Args[2], os.Args[3])
	case os.Args[1] == "build":
		answer(func(text string) any { return built(text) })
	default:
		answer(documents)
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

func answer(of func(string) any) {
	texts := lines(os.Stdin)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for texts.Scan() {
		answer, err := json.Marshal(of(value(texts.Bytes()).(string)))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintf(out, "%s\n", answer)
	}
}

// documents reads a stream with the decoder, the buffer and the loop of kubectl. Numbers are those of JSON.
func documents(text string) any {
	decoder := streams.NewYAMLOrJSONDecoder(strings.NewReader(text), 4096)
	found := []any{}
	for {
		var raw runtime.RawExtension
		if err := decoder.Decode(&raw); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return "refused"
		}
		document := strings.TrimSpace(string(raw.Raw))
		if document == "" || document == "null" {
			continue
		}
		// What is no object, or has a number too large for a float, kubectl refuses a step later.
		var data map[string]any
		if err := json.Unmarshal([]byte(document), &data); err != nil {
			return "refused"
		}
		found = append(found, data)
	}
	if drops(text) {
		return "drops"
	}
	return found
}

// drops says whether there is more behind one of the documents, which kubectl never looks at.
func drops(text string) bool {
	objects := json.NewDecoder(strings.NewReader(text))
	for {
		if err := objects.Decode(&map[string]any{}); errors.Is(err, io.EOF) {
			return false
		} else if err != nil {
			text = text[objects.InputOffset():]
			break
		}
	}
	chunks := streams.NewYAMLReader(bufio.NewReader(strings.NewReader(text)))
	for {
		chunk, err := chunks.Read()
		if err != nil {
			return false
		}
		decoder := v2.NewDecoder(strings.NewReader(string(chunk)))
		var document any
		if decoder.Decode(&document) == nil && !errors.Is(decoder.Decode(&document), io.EOF) {
			return true
		}
	}
}

// built is what `kubectl kustomize` prints of an object. It reads the object, keeps the style of its strings, and reads what it writes again.
func built(object string) string {
	folder := filesys.MakeFsInMemory()
	for name, text := range map[string]string{"kustomization.yaml": "resources: [object.yaml]\n", "object.yaml": object} {
		if err := folder.WriteFile(name, []byte(text)); err != nil {
			log.Fatal(err)
		}
	}
	objects, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(folder, ".")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return ""
	}
	text, err := objects.AsYaml()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return ""
	}
	return string(text)
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
