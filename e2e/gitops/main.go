// Prints what Flux applies of a repository, by Flux' own code: one JSON object a line.
//
// usage: main ROOT PATH...: the files that the first Kustomizations are in.
//
//	main ignored: reads lines of `RULE;RULE => FILE`, and prints each with whether Flux leaves the file out.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/sourceignore"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/yaml"
)

const group = "kustomize.toolkit.fluxcd.io"

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func isKustomization(object unstructured.Unstructured) bool {
	return object.GroupVersionKind().Group == group && object.GetKind() == "Kustomization"
}

// built is what Flux makes of a Kustomization's path, with its variables from what was applied before.
func built(root string, owner unstructured.Unstructured, applied map[string]unstructured.Unstructured) []unstructured.Unstructured {
	path, _, _ := unstructured.NestedString(owner.Object, "spec", "path")
	folder := filepath.Join(root, path)
	generator := kustomize.NewGenerator(root, owner)
	action := must(generator.WriteFile(folder))
	resources := must(kustomize.Build(filesys.MakeFsOnDisk(), folder))
	must(0, kustomize.CleanDirectory(folder, action))

	// What substituteFrom names, as the API server would answer.
	values := map[string]interface{}{}
	from, _, _ := unstructured.NestedSlice(owner.Object, "spec", "postBuild", "substituteFrom")
	for _, entry := range from {
		source := entry.(map[string]interface{})
		object := applied[fmt.Sprint(source["kind"], owner.GetNamespace(), source["name"])]
		data, _, _ := unstructured.NestedStringMap(object.Object, "data")
		for key, value := range data {
			values[key] = strings.ReplaceAll(value, "\n", "")
		}
	}
	own, _, _ := unstructured.NestedMap(owner.Object, "spec", "postBuild", "substitute")
	for key, value := range own {
		values[key] = value
	}
	resolved := *owner.DeepCopy()
	unstructured.RemoveNestedField(resolved.Object, "spec", "postBuild")
	if len(values) > 0 {
		must(0, unstructured.SetNestedMap(resolved.Object, values, "spec", "postBuild", "substitute"))
	}

	var objects []unstructured.Unstructured
	for _, resource := range resources.Resources() {
		replaced := must(kustomize.SubstituteVariables(context.Background(), nil, resolved, resource, kustomize.SubstituteWithDryRun(true)))
		if replaced == nil {
			replaced = resource
		}
		object := unstructured.Unstructured{Object: must(replaced.Map())}
		// kustomize-controller: internal/controller, and fluxcd/pkg ssa.
		for field, set := range map[string]func(map[string]string){"labels": object.SetLabels, "annotations": object.SetAnnotations} {
			all, _, _ := unstructured.NestedStringMap(object.Object, "metadata", field)
			more, _, _ := unstructured.NestedStringMap(owner.Object, "spec", "commonMetadata", field)
			if all == nil {
				all = map[string]string{}
			}
			for key, value := range more {
				all[key] = value
			}
			if field == "labels" {
				all[group+"/name"], all[group+"/namespace"] = owner.GetName(), owner.GetNamespace()
			}
			if len(all) > 0 {
				set(all)
			}
		}
		objects = append(objects, object)
	}
	return objects
}

// ignored is whether a source leaves a file out, as fluxcd/pkg/artifact/storage does: rules of one's own take the place of those by default.
func ignored(rules, file string) bool {
	domain := []string{}
	own := sourceignore.ReadPatterns(strings.NewReader(rules), domain)
	matcher := sourceignore.NewDefaultMatcher(own, domain)
	if len(own) > 0 {
		matcher = sourceignore.NewMatcher(append(sourceignore.VCSPatterns(domain), own...))
	}
	return matcher.Match(strings.Split(file, "/"), false)
}

func main() {
	if os.Args[1] == "ignored" {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			rules, rest, _ := strings.Cut(lines.Text(), " => ")
			file, _, _ := strings.Cut(rest, " ")
			answer := "taken"
			if ignored(strings.ReplaceAll(strings.TrimPrefix(rules, "-"), ";", "\n"), file) {
				answer = "ignored"
			}
			fmt.Printf("%s => %s %s\n", rules, file, answer)
		}
		return
	}
	root := must(filepath.Abs(os.Args[1]))
	applied := map[string]unstructured.Unstructured{}
	var queue []unstructured.Unstructured
	for _, path := range os.Args[2:] {
		for _, text := range strings.Split(string(must(os.ReadFile(path))), "\n---\n") {
			var object unstructured.Unstructured
			must(0, yaml.Unmarshal([]byte(text), &object.Object))
			if isKustomization(object) {
				queue = append(queue, object)
			}
		}
	}
	seen := map[string]bool{}
	var lines []string
	for ; len(queue) > 0; queue = queue[1:] {
		owner := queue[0]
		if seen[owner.GetNamespace()+"/"+owner.GetName()] {
			continue
		}
		seen[owner.GetNamespace()+"/"+owner.GetName()] = true
		for _, object := range built(root, owner, applied) {
			applied[fmt.Sprint(object.GetKind(), object.GetNamespace(), object.GetName())] = object
			lines = append(lines, string(must(json.Marshal(object.Object))))
			if isKustomization(object) {
				queue = append(queue, object)
			}
		}
	}
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))
}
