package sandboxtest

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Baresip calls by an account with a command of baresip's and returns the samples
// that it heard.
func Baresip(t testing.TB, account, dial string) []float64 {
	t.Helper()
	program := Installed(t, "baresip")
	modules := ""
	for _, dir := range []string{"/usr/lib/baresip/modules", "/usr/lib/x86_64-linux-gnu/baresip/modules",
		"/usr/lib/aarch64-linux-gnu/baresip/modules"} {
		if _, err := os.Stat(dir); err == nil {
			modules = dir
		}
	}
	dir := t.TempDir()
	settings := fmt.Sprintf(
		"sip_listen 127.0.0.1:0\nnet_interface 127.0.0.1\nrtp_ports 20000-29999\nmodule_path %s\nmodule g711.so\nmodule aubridge.so\n"+
			"module sndfile.so\nmodule_app account.so\nmodule_app menu.so\nsnd_path %s\naudio_player aubridge,nil\naudio_source aubridge,nil\naudio_alert aubridge,nil\n",
		modules,
		dir,
	)
	account += ";audio_codecs=pcmu;audio_source=aubridge,nil;audio_player=aubridge,nil\n"
	for name, text := range map[string]string{"config": settings, "accounts": account} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
	defer cancel()
	command := exec.CommandContext(ctx, program, "-f", dir, "-t", "35", "-e", dial)
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	buffer := make([]byte, 4096)
	for { // until the callee has hung up
		n, err := out.Read(buffer)
		said.Write(buffer[:n])
		if strings.Contains(said.String(), "terminated (") || strings.Contains(said.String(), "session closed") || err != nil {
			break
		}
	}
	_ = command.Process.Signal(os.Interrupt) // it may have ended by itself
	_, _ = io.Copy(&said, out)
	_ = command.Wait() // what it recorded tells how it went
	recorded, _ := filepath.Glob(filepath.Join(dir, "dump-*-dec.wav"))
	if len(recorded) != 1 {
		t.Fatalf("baresip recorded %d times:\n%s", len(recorded), said.String())
	}
	wav, err := os.ReadFile(recorded[0])
	if err != nil || len(wav) < 44 {
		t.Fatal(len(wav), err)
	}
	samples := make([]float64, (len(wav)-44)/2)
	for i := range samples {
		samples[i] = float64(int16(binary.LittleEndian.Uint16(wav[44+2*i:])))
	}
	return samples
}
