package cli_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/internal/cli"
	"example.com/netanswer/sandbox/server"
	"example.com/netanswer/test/sandboxtest"
)

// An assistant is the other end of `netanswer mcp`.
type assistant struct {
	t       *testing.T
	session *sdk.ClientSession
}

func assist(t *testing.T, environ []string, args ...string) assistant {
	t.Helper()
	in, toServer := io.Pipe()
	fromServer, out := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- cli.Run(t.Context(), cli.Process{In: in, Out: out, Err: io.Discard, Environ: environ}, append([]string{"mcp"}, args...))
	}()
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).
		Connect(t.Context(), &sdk.IOTransport{Reader: fromServer, Writer: toServer}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = toServer.Close() // the assistant goes
		if err := <-ended; err != nil {
			t.Errorf("mcp ended with %v", err)
		}
		_ = fromServer.Close() // so that the session ends as well
	})
	return assistant{t, session}
}

// call calls a tool and returns what it tells, and whether it was refused.
func (a assistant) call(tool string, arguments map[string]any) (told string, refused bool) {
	a.t.Helper()
	result, err := a.session.CallTool(a.t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		a.t.Fatalf("%s: %v", tool, err)
	}
	var all strings.Builder
	for _, c := range result.Content {
		text, ok := c.(*sdk.TextContent)
		if !ok {
			a.t.Fatalf("%s: %T", tool, c)
		}
		all.WriteString(text.Text)
	}
	return all.String(), result.IsError
}

func TestAnAssistantControlsASandbox(t *testing.T) {
	const token = "0123456789abcdef"
	s := sandboxtest.Start(t, func(c *server.Config) { c.Token = token })
	console := strings.TrimPrefix(s.ConsoleURL, "http://")
	a := assist(t, []string{"NETANSWER_CONSOLE=" + console, "NETANSWER_CONTROL_TOKEN=" + token})

	tools, err := a.session.ListTools(t.Context(), nil)
	if err != nil || len(tools.Tools) < 20 {
		t.Fatalf("%d tools, %v", len(tools.Tools), err)
	}
	in := func(more ...any) map[string]any {
		all := map[string]any{"world": "helped"}
		for i := 0; i < len(more); i += 2 {
			all[more[i].(string)] = more[i+1]
		}
		return all
	}
	said := func(what, tool string, arguments map[string]any) {
		t.Helper()
		if told, refused := a.call(tool, arguments); refused || !strings.Contains(told, what) {
			t.Errorf("%s: %v %s, want %s", tool, refused, told, what)
		}
	}
	said("4242420000010017", "test_cards", nil)
	said(`"running":false`, "move_clock", in("now", "2026-11-24T10:00:00+09:00", "running", false))
	said("10:11:00", "move_clock", in("advance", "11m"))
	said("10:11:00", "move_clock", in())
	said(`"090-0000-9999"`, "add_member", in("member", map[string]any{"phone": "090-0000-9999"}))
	said("090-0000-9999", "list_members", in())
	said(`"passcode_lifetime":"5m0s"`, "arrange_world", in("policy", map[string]any{"passcode_lifetime": "5m"}))
	said(`"refuse"`, "plan_faults", in("provider", "sms", "faults", []map[string]any{{"kind": "refuse"}}))
	said(`503`, "plan_member_faults", in("faults", []map[string]any{{"kind": "status", "status": 503}}))
	said(`"refuse"`, "list_faults", in())
	said("03-0000-1009", "place_call", in("from", "03-0000-1009"))
	said("03-0000-1009", "list_calls", in())
	said(`"messages":[]`, "list_sms", in())
	said(`"mails":[]`, "list_mail", in())
	said(`"registrations":[]`, "list_registrations", in())
	said(`"at":"passcode"`, "list_places", nil)
	said("continue?registration=", "put_registration_at", map[string]any{"world": "placed", "at": "passcode", "member": "花子さん"})
	said(`"state":"passcode"`, "list_registrations", map[string]any{"world": "placed"})
	if told, refused := a.call("put_registration_at", in("at", "nowhere")); !refused || !strings.Contains(told, "nowhere") {
		t.Errorf("a place that there is not: %v %s", refused, told)
	}
	said("時計", "timeline", in())
	said(`"name":"twin"`, "fork_world", in("into", "twin"))
	said(`"helped"`, "take_snapshot", in("snapshot", "kept"))
	said("kept", "list_snapshots", nil)
	said(`"helped"`, "restore_snapshot", in("snapshot", "kept"))
	said("twin", "list_worlds", nil)
	said("true", "delete_world", map[string]any{"world": "twin"})
	said(`"helped"`, "get_world", in())

	if told, refused := a.call("get_world", map[string]any{"world": "Not A World"}); !refused || !strings.Contains(told, "a-z") {
		t.Errorf("a world that cannot be: %v %s", refused, told)
	}
	if told, refused := a.call("plan_member_faults", in("faults", []map[string]any{{"kind": "delay", "by": "soon"}})); !refused ||
		!strings.Contains(told, "soon") {
		t.Errorf("a delay that is none: %v %s", refused, told)
	}
}

func TestAnAssistantWaitsForAPasscode(t *testing.T) {
	s := sandboxtest.Start(t)
	a := assist(t, nil, "-console", strings.TrimPrefix(s.ConsoleURL, "http://"))
	var r struct{ ID, State string }
	do := func(method, path, body string) {
		t.Helper()
		if err := (sandboxtest.Caller{World: "default"}).Do(method, s.MemberURL+"/api/app/registrations"+path, body, &r); err != nil {
			t.Fatal(err)
		}
	}
	do("POST", "", `{"device":"iphone","card_company":"saison"}`)
	do("PUT", "/"+r.ID+"/card", `{"card_number":"4242420000010017","expiry":"11/35","security_code":"123"}`)
	do("POST", "/"+r.ID+"/identity-check", `{"method":"sms"}`)
	told, refused := a.call("wait_for_passcode", map[string]any{"world": "default", "to": "090-0000-1001"})
	var p struct{ Code string }
	if err := json.Unmarshal([]byte(told), &p); err != nil || refused || len(p.Code) != 6 {
		t.Fatalf("%v %s", err, told)
	}
	if do("POST", "/"+r.ID+"/passcode", `{"passcode":"`+p.Code+`"}`); r.State != "email" {
		t.Errorf("%+v", r)
	}
}

func TestWithoutASandboxOrItsTokenAnAssistantIsToldWhy(t *testing.T) {
	s := sandboxtest.Start(t, func(c *server.Config) { c.Token = "0123456789abcdef" })
	a := assist(t, nil, "-console", strings.TrimPrefix(s.ConsoleURL, "http://"))
	if told, refused := a.call("list_worlds", nil); !refused || !strings.Contains(told, "token_required") {
		t.Errorf("without the token: %s", told)
	}
	err := cli.Run(
		t.Context(),
		cli.Process{In: &bytes.Buffer{}, Out: io.Discard, Err: io.Discard},
		[]string{"mcp", "-console", "127.0.0.1:1"},
	)
	if err == nil || !strings.Contains(err.Error(), "netanswer serve") {
		t.Errorf("without a sandbox: %v", err)
	}
}
