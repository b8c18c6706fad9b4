package steps_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	_ "example.com/netanswer/steps"
)

// TestGoIsNotRunAtTheStart: a program of these steps starts without running go,
// which godog would, and finds other programs afterwards.
func TestGoIsNotRunAtTheStart(t *testing.T) {
	const told = "STEPS_TEST_PATH"
	if want := os.Getenv(told); want != "" { // the program, started below
		if got := os.Getenv("PATH"); got != want {
			t.Errorf("PATH is %q, want %q", got, want)
		}
		return
	}
	dir := t.TempDir()
	ran := filepath.Join(dir, "ran")
	if err := os.WriteFile(filepath.Join(dir, "go"), []byte("#!/bin/sh\n: > "+ran+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	path := dir + string(os.PathListSeparator) + os.Getenv("PATH")
	c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	c.Env = append(slices.Clone(os.Environ()), "PATH="+path, told+"="+path)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := os.Stat(ran); err == nil {
		t.Error("go was run")
	}
}
