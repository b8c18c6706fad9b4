// Package clients_test tries the providers' protocols with clients that nobody
// here wrote.
package clients_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/test/sandboxtest"
)

// node runs a script of testdata with one argument, and reads the JSON it writes
// into out.
func node(t *testing.T, script string, argument, out any) {
	t.Helper()
	c := sandboxtest.Node(t)
	data, err := json.Marshal(argument)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Node, filepath.Join("testdata", script), string(data))
	cmd.Env = append(os.Environ(), "NODE_PATH="+c.Modules)
	var said bytes.Buffer
	cmd.Stderr = &said
	answer, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", script, err, answer, said.String())
	}
	if err := json.Unmarshal(answer, out); err != nil {
		t.Fatalf("%s: %v: %s", script, err, answer)
	}
}

type twilioReport struct {
	Created struct {
		Status, Segments, To string
		Date                 bool
	}
	Fetched struct {
		Status     string
		Body, Sent bool
	}
	Told []struct {
		Status string
		Valid  bool
	}
	Listed   []string
	Few      int
	Landline struct {
		Status    string
		ErrorCode int
	}
	Problems map[string]*struct{ Code, Status int }
}

func TestTwiliosOwnClient(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t)
	var got twilioReport
	node(
		t,
		"twilio.mjs",
		map[string]string{"base": s.RESTURL, "account": "ACtwilio-client", "token": "a-token", "to": "+819000001001"},
		&got,
	)
	want := twilioReport{Listed: []string{"number 5", "number 4", "number 3", "number 2", "number 1", "number 0", "first"}, Few: 3}
	want.Created.Status, want.Created.Segments, want.Created.To, want.Created.Date = "queued", "2", "+819000001001", true
	want.Fetched.Status, want.Fetched.Body, want.Fetched.Sent = "delivered", true, true
	want.Told = []struct {
		Status string
		Valid  bool
	}{{"sent", true}, {"delivered", true}}
	want.Landline.Status, want.Landline.ErrorCode = "undelivered", 30006
	want.Problems = map[string]*struct{ Code, Status int }{
		"number":   {21211, 400},
		"body":     {21602, 400},
		"long":     {21617, 400},
		"sid":      {20404, 404},
		"stranger": {20003, 401},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client saw (-want +got):\n%s", diff)
	}
	found, err := controls.AwaitSMS(t.Context(), "twilio-client", "090-0000-1001", "", 0)
	if err != nil || found.Body != "number 5" {
		t.Errorf("on the phone: %+v %v", found, err)
	}
	all, err := controls.SMS(t.Context(), "twilio-client", "")
	if err != nil || len(all) != 7 ||
		!slices.ContainsFunc(all, func(m client.SMS) bool { return m.Passcode != nil && m.Passcode.Code == "123456" }) {
		t.Errorf("%d messages, %v", len(all), err)
	}
}

type verifyReport struct {
	Begun, Wrong, Right, Line, Country string
	Placed, Heard, Ended, Direction    string
	Valid                              bool
	Listed                             []string
	Again, Call, Recorded              *struct{ Code, Status int }
}

func TestTwiliosOwnClientVerifies(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t)
	var got verifyReport
	node(t, "verify.mjs", map[string]string{"base": s.RESTURL, "console": s.ConsoleURL, "account": "ACverify", "token": "a-token",
		"to": "+819000001001", "world": "verify"}, &got)
	want := verifyReport{Begun: "pending", Wrong: "pending", Right: "approved", Valid: true, Line: "mobile", Country: "JP",
		Again: &struct{ Code, Status int }{20404, 404}, Call: &struct{ Code, Status int }{60200, 400},
		Listed: []string{"completed"}, Placed: "queued", Heard: "482913", Ended: "completed", Direction: "outbound-api", Recorded: &struct{ Code, Status int }{20001, 400}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client saw (-want +got):\n%s", diff)
	}
}
