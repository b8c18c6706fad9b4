package netanswer_test

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// hardened are the strictest conditions that the image is promised to run under.
var hardened = []string{"--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--network", "none"}

// token is what the sandboxes of these tests ask for.
const token = "a-token-of-the-tests"

// runDetached runs the image and ends it with the test.
func runDetached(t *testing.T, args ...string) (id string) {
	t.Helper()
	id = docker(t, slices.Concat([]string{"run", "--detach"}, args)...)
	removed(t, id)
	return id
}

// removed removes a container when the test has ended.
func removed(t *testing.T, id string) {
	t.Cleanup(func() {
		if _, err := run(context.WithoutCancel(t.Context()), "", made.engine.Docker, "rm", "--force", id); err != nil {
			t.Error(err)
		}
	})
}

func TestTheImageHoldsOneFileAndSaysWhatItIs(t *testing.T) {
	t.Parallel()
	wanted(t, made.wrong)
	var about []struct {
		Size   int64
		Config struct {
			User            string
			Labels          map[string]string
			ExposedPorts    map[string]struct{}
			Entrypoint, Cmd []string
			Healthcheck     struct{ Test []string }
		}
	}
	if err := json.Unmarshal([]byte(docker(t, "image", "inspect", image)), &about); err != nil {
		t.Fatal(err)
	}
	c := about[0].Config
	if c.User != "65532:65532" || c.Labels["org.opencontainers.image.version"] != release || len(c.ExposedPorts) != 8 ||
		!slices.Equal(c.Healthcheck.Test, []string{"CMD", "/netanswer", "health"}) {
		t.Errorf("%+v", c)
	}
	if most := int64(52 << 20); about[0].Size > most {
		t.Errorf("%d bytes, want %d at the most", about[0].Size, most)
	}
	if said := docker(t, "run", "--rm", image, "version"); !strings.HasPrefix(said, "netanswer "+release+" (go1.") {
		t.Errorf("it says of itself: %s", said)
	}
	// Every other file that an export shows is the engine's.
	id := docker(t, "create", image)
	removed(t, id)
	archive := filepath.Join(t.TempDir(), "image.tar")
	docker(t, "export", "--output", archive, id)
	f, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	files := map[string]bool{}
	for r := tar.NewReader(f); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg && h.Size > 0 {
			files[h.Name] = true
		}
	}
	if diff := cmp.Diff(map[string]bool{"netanswer": true}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

func TestTheImageIsHealthyWithNothingToWriteTo(t *testing.T) {
	t.Parallel()
	wanted(t, made.wrong)
	id := runDetached(
		t,
		slices.Concat(
			hardened,
			[]string{"--env", "NETANSWER_CONTROL_TOKEN=" + token, "--env", "NETANSWER_CONSOLE=:9999", "--health-interval", "200ms", image},
		)...)
	status := ""
	eventually(t, 20*time.Second, func() bool {
		status = docker(t, "inspect", "--format", "{{.State.Health.Status}}", id)
		return status == "healthy"
	})
	if status != "healthy" {
		t.Fatalf("it is %s: %s", status, docker(t, "inspect", "--format", "{{json .State.Health}}", id))
	}
	for name, tt := range map[string]struct {
		args  []string
		wrong string
	}{
		"another address": {[]string{"-console", "127.0.0.1:9998"}, "につながりません"},
		"another token":   {[]string{"-control-token", "another-token-altogether"}, "この操作用トークンを受け付けません"},
	} {
		_, err := run(t.Context(), "", made.engine.Docker, slices.Concat([]string{"exec", id, "/netanswer", "health"}, tt.args)...)
		if err == nil || !strings.Contains(err.Error(), tt.wrong) {
			t.Errorf("%s: %v, want %q", name, err, tt.wrong)
		}
	}
	if changed := docker(t, "diff", id); changed != "" {
		t.Errorf("it wrote: %s", changed)
	}
	docker(t, "stop", "--time", "20", id)
	if code := docker(t, "inspect", "--format", "{{.State.ExitCode}}", id); code != "0" {
		t.Errorf("told to stop, it ends with %s", code)
	}
}

func TestTheImageAsksForAToken(t *testing.T) {
	t.Parallel()
	wanted(t, made.wrong)
	_, err := run(t.Context(), "", made.engine.Docker, "run", "--rm", image)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(err.Error(), "操作用トークンが必要です") ||
		!strings.Contains(err.Error(), "NETANSWER_CONTROL_TOKEN") {
		t.Errorf("%v", err)
	}
}

// TestTheSameSourceMakesTheSameBinary builds it again from what the Dockerfile's
// builder is given, in another folder.
func TestTheSameSourceMakesTheSameBinary(t *testing.T) {
	t.Parallel()
	wanted(t, made.wrong)
	recipe := filepath.Join(t.TempDir(), "Dockerfile")
	if err := os.WriteFile(recipe, []byte("FROM scratch\nCOPY . /src\nCMD [\"none\"]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	source := docker(t, "build", "--quiet", "--file", recipe, "..")
	t.Cleanup(func() {
		if _, err := run(context.WithoutCancel(t.Context()), "", made.engine.Docker, "image", "rm", source); err != nil {
			t.Error(err)
		}
	})
	id := docker(t, "create", source)
	removed(t, id) // before its image
	elsewhere := filepath.Join(t.TempDir(), "a", "folder", "elsewhere")
	if err := os.MkdirAll(filepath.Dir(elsewhere), 0o755); err != nil {
		t.Fatal(err)
	}
	docker(t, "cp", id+":/src", elsewhere)
	if _, err := run(t.Context(), elsewhere, "make", "--silent", "binary", "VERSION="+release); err != nil {
		t.Fatal(err)
	}
	one, err := os.ReadFile(made.binary)
	if err != nil {
		t.Fatal(err)
	}
	two, err := os.ReadFile(filepath.Join(elsewhere, "dist", "netanswer"))
	if err != nil {
		t.Fatal(err)
	}
	if string(one) != string(two) {
		t.Errorf("%d and %d bytes, and they differ", len(one), len(two))
	}
}

// eventually asks until something is so, or the time is over.
func eventually(t *testing.T, within time.Duration, so func() bool) {
	t.Helper()
	late := time.NewTimer(within)
	again := time.NewTicker(100 * time.Millisecond)
	defer late.Stop()
	defer again.Stop()
	for !so() {
		select {
		case <-late.C:
			return
		case <-again.C:
		}
	}
}
