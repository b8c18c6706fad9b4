package deploy_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schemas are those that Kubernetes publishes, cut down to the kinds that are
// used here, and without their descriptions.
const (
	schemaFile   = "testdata/kubernetes.json"
	schemaModule = "k8s.io/kubernetes@v1.36.3"
)

// used are the kinds, by the file of their group and version.
var used = map[string][]string{
	"api__v1":          {"io.k8s.api.core.v1.Service", "io.k8s.api.core.v1.PersistentVolumeClaim"},
	"apis__apps__v1":   {"io.k8s.api.apps.v1.Deployment"},
	"apis__batch__v1":  {"io.k8s.api.batch.v1.Job"},
	"apis__policy__v1": {"io.k8s.api.policy.v1.PodDisruptionBudget"},
}

var update = flag.Bool("update", false, "write testdata anew, from "+schemaModule)

// A schema checks objects by their kind.
type schema struct {
	compiler *jsonschema.Compiler
	kinds    map[string]string // by group, version and kind: the name of the schema
}

var read = sync.OnceValues(func() (*schema, error) {
	file, err := os.ReadFile(schemaFile)
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	s := &schema{compiler: jsonschema.NewCompiler(), kinds: map[string]string{}}
	for name, definition := range document.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any) {
		kinds, _ := definition.(map[string]any)["x-kubernetes-group-version-kind"].([]any)
		for _, k := range kinds {
			s.kinds[fmt.Sprint(k)] = name
		}
	}
	return s, s.compiler.AddResource(schemaFile, document)
})

func published(t *testing.T) *schema {
	t.Helper()
	s, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// check fails where the API server would refuse an object for its form.
func (s *schema) check(document any) error {
	object := document.(map[string]any)
	group, version, _ := strings.Cut(fmt.Sprint(object["apiVersion"]), "/")
	if version == "" {
		group, version = "", group
	}
	name := s.kinds[fmt.Sprint(map[string]any{"group": group, "version": version, "kind": object["kind"]})]
	if name == "" {
		return fmt.Errorf("there is no %v of %v", object["kind"], object["apiVersion"])
	}
	compiled, err := s.compiler.Compile(schemaFile + "#/components/schemas/" + name)
	if err != nil {
		return err
	}
	text, err := json.Marshal(document)
	if err != nil {
		return err
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return compiled.Validate(instance)
}

// TestTheSchemasAreThere writes them anew where it is asked to.
func TestTheSchemasAreThere(t *testing.T) {
	if *update {
		writeSchemas(t)
	}
	if n := len(published(t).kinds); n < 5 {
		t.Errorf("%d kinds", n)
	}
}

// writeSchemas takes them out of the module of Kubernetes, which is no part of this
// one: go fetches it for this only.
func writeSchemas(t *testing.T) {
	out, err := exec.Command("go", "mod", "download", "-json", schemaModule).Output()
	if err != nil {
		t.Fatal(err)
	}
	var module struct{ Dir string }
	if err := json.Unmarshal(out, &module); err != nil {
		t.Fatal(err)
	}
	kept := map[string]any{}
	for file, names := range used {
		text, err := os.ReadFile(filepath.Join(module.Dir, "api/openapi-spec/v3", file+"_openapi.json"))
		if err != nil {
			t.Fatal(err)
		}
		var document struct {
			Components struct{ Schemas map[string]any }
		}
		if err := json.Unmarshal(text, &document); err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			keep(kept, document.Components.Schemas, name)
		}
	}
	text, err := json.Marshal(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": "of " + schemaModule + " (Apache-2.0), by schema_test.go",
		"components": map[string]any{"schemas": kept},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(schemaFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

// keep keeps a schema and what it refers to.
func keep(kept, all map[string]any, name string) {
	if kept[name] != nil {
		return
	}
	kept[name] = all[name]
	reduce(all[name], func(reference string) {
		keep(kept, all, reference[strings.LastIndex(reference, "/")+1:])
	})
}

// reduce leaves out what only a reader needs, and makes fields that are not known
// an error, as the API server does.
func reduce(value any, refers func(string)) {
	switch value := value.(type) {
	case []any:
		for _, v := range value {
			reduce(v, refers)
		}
	case map[string]any:
		if properties, ok := value["properties"].(map[string]any); ok {
			for _, v := range properties {
				reduce(v, refers)
			}
			if value["additionalProperties"] == nil {
				value["additionalProperties"] = false
			}
		}
		maps.DeleteFunc(value, func(k string, _ any) bool {
			return k == "description" || k == "default" || k == "format" ||
				strings.HasPrefix(k, "x-kubernetes-") && k != "x-kubernetes-group-version-kind"
		})
		for k, v := range value {
			if reference, ok := v.(string); ok && k == "$ref" {
				refers(reference)
			} else if k != "properties" {
				reduce(v, refers)
			}
		}
	}
}
