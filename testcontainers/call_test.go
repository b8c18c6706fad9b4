package netanswer_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestACallerHearsTheGuidanceOutOfAContainer calls with sipp at the container's
// own address, where sound finds the way back to the caller.
func TestACallerHearsTheGuidanceOutOfAContainer(t *testing.T) {
	t.Parallel()
	c := sandbox(t)
	sipp, err := exec.LookPath("sipp")
	wanted(t, err)
	address := net.JoinHostPort(must(c.ContainerIP(t.Context()))(t), "5060")
	conn := must(net.Dial("udp", address))(t) // sends nothing, and tells which of our addresses faces it
	here := conn.LocalAddr().(*net.UDPAddr).IP.String()
	conn.Close()
	dir := t.TempDir()
	scenario := must(filepath.Abs("../mocks/ivr/sip/testdata/hears.xml"))(t)
	if err := os.WriteFile(filepath.Join(dir, "callers.csv"), []byte("SEQUENTIAL\n0300001009;mine;sipp@"+here+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(
		t.Context(),
		sipp,
		address,
		"-sf",
		scenario,
		"-inf",
		"callers.csv",
		"-s",
		"0120000111",
		"-i",
		here,
		"-m",
		"1",
		"-timeout",
		"60s",
		"-timeout_error",
		"-nostdin",
	)
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("sipp: %v\n%s", err, out[max(0, len(out)-3000):])
	}
	calls := must(must(c.Control(t.Context()))(t).Calls(t.Context(), "mine"))(t)
	if len(calls) != 1 || !calls[0].HeardAll {
		t.Errorf("%+v", calls)
	}
}
