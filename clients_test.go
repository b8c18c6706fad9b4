package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/client"
	"example.com/netanswer/mocks/ivr/sip"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
	"example.com/netanswer/steps/provision"
)

// This file and its neighbours try the providers' protocols with clients that
// nobody here wrote.

// withProviders is a sandbox of the test's own that listens for every protocol.
func withProviders(t testing.TB, change ...func(*config)) (*sandbox, *client.Client) {
	t.Helper()
	c := config{Member: "127.0.0.1:0", Console: "127.0.0.1:0", REST: "127.0.0.1:0", SMTP: "127.0.0.1:0", IMAP: "127.0.0.1:0", SMPP: "127.0.0.1:0",
		SIP: "127.0.0.1:0", Calls: sip.DefaultLimits(),
		Bounds: world.DefaultBounds(), Limits: gateway.DefaultLimits()}
	for _, f := range change {
		f(&c)
	}
	s := startFor(t, c)
	return s, client.New(s.ConsoleURL)
}

// clients are the foreign clients. One that is wanting is a failure in CI, else
// a reason to skip.
func clients(t *testing.T, has func(provision.Clients) bool) provision.Clients {
	t.Helper()
	found, err := provision.FindClients("")
	if has(found) {
		return found
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("a client is wanting, run setup first: %v", err)
	}
	t.Skipf("a client is wanting, run setup first: %v", err)
	return found
}

// node runs a script of testdata/clients with one argument, and reads the JSON
// it writes into out.
func node(t *testing.T, script string, argument, out any) {
	t.Helper()
	c := clients(t, func(c provision.Clients) bool { return c.Node != "" && c.Modules != "" })
	data, err := json.Marshal(argument)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, c.Node, filepath.Join("testdata", "clients", script), string(data))
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
	s, controls := withProviders(t)
	var got twilioReport
	node(t, "twilio.mjs", map[string]string{"base": s.RESTURL, "account": "ACtwilio-client", "token": "a-token", "to": "+819000001001"}, &got)
	want := twilioReport{Listed: []string{"number 5", "number 4", "number 3", "number 2", "number 1", "number 0", "first"}, Few: 3}
	want.Created.Status, want.Created.Segments, want.Created.To, want.Created.Date = "queued", "2", "+819000001001", true
	want.Fetched.Status, want.Fetched.Body, want.Fetched.Sent = "delivered", true, true
	want.Told = []struct {
		Status string
		Valid  bool
	}{{"sent", true}, {"delivered", true}}
	want.Landline.Status, want.Landline.ErrorCode = "undelivered", 30006
	want.Problems = map[string]*struct{ Code, Status int }{"number": {21211, 400}, "body": {21602, 400}, "long": {21617, 400}, "sid": {20404, 404}, "stranger": {20003, 401}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client saw (-want +got):\n%s", diff)
	}
	found, err := controls.AwaitSMS(t.Context(), "twilio-client", "090-0000-1001", "", 0)
	if err != nil || found.Body != "number 5" {
		t.Errorf("on the phone: %+v %v", found, err)
	}
	all, err := controls.SMS(t.Context(), "twilio-client", "")
	if err != nil || len(all) != 7 || !slices.ContainsFunc(all, func(m client.SMS) bool { return m.Passcode != nil && m.Passcode.Code == "123456" }) {
		t.Errorf("%d messages, %v", len(all), err)
	}
}

// send sends one SMS by REST into a world.
func send(s *sandbox, world string) error {
	answer, err := http.PostForm(strings.Replace(s.RESTURL, "://", "://AC"+world+":token@", 1)+"/2010-04-01/Accounts/AC"+world+"/Messages.json",
		url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"hello"}})
	if err != nil {
		return err
	}
	if err := answer.Body.Close(); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusCreated {
		return errors.New(answer.Status)
	}
	return nil
}
