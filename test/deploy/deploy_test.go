// Package deploy_test tries what deploy and examples/ci hand out: that
// schedulers take it, and that its commands do what they are there for.
package deploy_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/kyaml/filesys"

	"example.com/netanswer/test/sandboxtest"
)

// A manifest is an object of Kubernetes: what the tests ask of it.
type manifest struct {
	Kind     string
	Metadata struct{ Name string }
	Spec     struct {
		CompletionMode string
		Completions    int
		Template       struct{ Spec pod }
		Ports          []struct {
			Name, TargetPort, Protocol string
			Port                       int
		}
	}
	document any // as it is sent
}

type pod struct {
	EnableServiceLinks, AutomountServiceAccountToken *bool
	SecurityContext                                  struct{ RunAsNonRoot bool }
	Containers                                       []container
}

type container struct {
	Name, Image string
	Args        []string
	Env         []struct {
		Name, Value string
		ValueFrom   struct {
			SecretKeyRef struct{ Name, Key string }
		}
	}
	Ports []struct {
		Name          string
		ContainerPort int
	}
	SecurityContext struct {
		ReadOnlyRootFilesystem   bool
		AllowPrivilegeEscalation *bool
		Capabilities             struct{ Drop []string }
	}
	Resources                                   struct{ Requests, Limits map[string]string }
	StartupProbe, LivenessProbe, ReadinessProbe struct {
		HTTPGet struct{ Path, Port string }
	}
}

// kustomizations are the folders that are applied.
var kustomizations = []string{"deploy/kubernetes", "deploy/kubernetes/verify", "deploy/kubernetes/merge"}

// rendered are the objects of a folder, as kustomize makes them.
func rendered(t *testing.T, folder string) (all []manifest) {
	t.Helper()
	made, err := krusty.MakeKustomizer(krusty.MakeDefaultOptions()).Run(filesys.MakeFsOnDisk(), sandboxtest.Path(t, folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range made.Resources() {
		text, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var m manifest
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatalf("%s: %v", r.CurId(), err)
		}
		if err := json.Unmarshal(text, &m.document); err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

// one is the only object of a kind.
func one(t *testing.T, folder, kind string) manifest {
	t.Helper()
	all := slices.DeleteFunc(rendered(t, folder), func(m manifest) bool { return m.Kind != kind })
	if len(all) != 1 {
		t.Fatalf("%s has %d of %s", folder, len(all), kind)
	}
	return all[0]
}

func TestKubernetesTakesEveryManifest(t *testing.T) {
	for _, folder := range kustomizations {
		all := rendered(t, folder)
		if len(all) == 0 {
			t.Errorf("%s is empty", folder)
		}
		for _, m := range all {
			if err := published(t).check(m.document); err != nil {
				t.Errorf("%s: %s %s: %v", folder, m.Kind, m.Metadata.Name, err)
			}
		}
	}
}

func TestWhatKubernetesWouldRefuseIsNoticed(t *testing.T) {
	for name, spoil := range map[string]func(deployment map[string]any){
		"a field that is not there": func(d map[string]any) { d["spec"].(map[string]any)["replica"] = 3 },
		"a number as a text":        func(d map[string]any) { d["spec"].(map[string]any)["replicas"] = "three" },
		"no selector":               func(d map[string]any) { delete(d["spec"].(map[string]any), "selector") },
		"a kind that is not there":  func(d map[string]any) { d["kind"] = "Deploymint" },
	} {
		document := one(t, "deploy/kubernetes", "Deployment").document
		spoil(document.(map[string]any))
		if err := published(t).check(document); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

// TestPodsMayDoNothingBeyondTheirWork is what the "restricted" standard for pods
// asks, and a root file system that is only read.
func TestPodsMayDoNothingBeyondTheirWork(t *testing.T) {
	no := func(b *bool) bool { return b != nil && !*b }
	tried := 0
	for _, folder := range kustomizations {
		for _, m := range rendered(t, folder) {
			p := m.Spec.Template.Spec
			for _, c := range p.Containers {
				tried++
				may := c.SecurityContext
				if !may.ReadOnlyRootFilesystem || !no(may.AllowPrivilegeEscalation) || !slices.Equal(may.Capabilities.Drop, []string{"ALL"}) ||
					!p.SecurityContext.RunAsNonRoot || !no(p.AutomountServiceAccountToken) {
					t.Errorf("%s: %s may more than it needs", folder, c.Name)
				}
				if !no(p.EnableServiceLinks) {
					t.Errorf("%s: %s gets variables of Services, and would not start for NETANSWER_PORT", folder, c.Name)
				}
				if c.Resources.Limits["memory"] == "" || c.Resources.Limits["cpu"] == "" || c.Resources.Requests["memory"] == "" {
					t.Errorf("%s: %s has no limits: %v", folder, c.Name, c.Resources)
				}
				if name, tag, _ := strings.Cut(c.Image, ":"); name != "netanswer" || tag == "" {
					t.Errorf("%s: the image is %q", folder, c.Image)
				}
			}
		}
	}
	if tried != 3 {
		t.Errorf("%d containers", tried)
	}
}

func TestTheServiceLeadsToPortsThatThereAre(t *testing.T) {
	there := map[string]int{}
	for _, p := range one(t, "deploy/kubernetes", "Deployment").Spec.Template.Spec.Containers[0].Ports {
		there[p.Name] = p.ContainerPort
	}
	ports := one(t, "deploy/kubernetes", "Service").Spec.Ports
	if len(ports) != len(there) {
		t.Errorf("%d ports of %d", len(ports), len(there))
	}
	for _, p := range ports {
		if there[p.TargetPort] != p.Port {
			t.Errorf("%s: %d leads to %s, which is %d", p.Name, p.Port, p.TargetPort, there[p.TargetPort])
		}
	}
}

// environment is what a container has in it, with secrets.
func (c container) environment(secrets map[string]string) (environ []string) {
	for _, v := range c.Env {
		value := v.Value
		if key := v.ValueFrom.SecretKeyRef.Key; key != "" {
			value = secrets[key]
		}
		environ = append(environ, fmt.Sprintf("%s=%s", v.Name, value))
	}
	return environ
}
