package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/netanswer/client"
)

// stub answers as a sandbox would, so that the example runs by itself.
func stub() *httptest.Server {
	mux := http.NewServeMux()
	say := func(pattern string, status int, body string) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
	}
	say("PUT /api/worlds/{world}", 201, `{}`)
	say(
		"GET /api/worlds/{world}/sms/wait",
		200,
		`{"id":"sms-1","body":"パスコード 012345","passcode":{"code":"012345","expires_at":"2026-11-24T10:10:00+09:00"}}`,
	)
	say(
		"GET /api/worlds/{world}/mail/wait",
		404,
		`{"status":404,"code":"nothing_arrived","detail":"no mail arrived within 0s; 0 under way"}`,
	)
	say("PATCH /api/worlds/{world}/clock", 200, `{"now":"2026-11-24T10:10:00+09:00"}`)
	say("DELETE /api/worlds/{world}", 204, ``)
	say("POST /api/worlds/{world}/claims", 201, `{"recipient":"09000001001"}`)
	say("GET /api/providers", 200, `{"rest":"http://127.0.0.1:8091","smtp":"127.0.0.1:1025"}`)
	say("PUT /api/worlds/{world}/faults/sms", 200, `{"faults":[{"kind":"lose","percent":10,"times":100}],"seed":42}`)
	say("PUT /api/worlds/{world}/faults/call", 200, `{"faults":[{"kind":"busy","times":1}]}`)
	say(
		"GET /api/worlds/{world}/calls/wait",
		200,
		`{"id":"call-2","from":"0300001009","outcome":"answered","guidance":"ご本人様の確認ができました。","heard_all":true}`,
	)
	say("DELETE /api/worlds/{world}/calls", 204, ``)
	return httptest.NewServer(mux)
}

// A test has a world of its own, whose clock stands still: it reads the passcode
// that its backend sent, and goes on to the moment the passcode expires.
func Example() {
	sandbox := stub() // or the address of a console, such as http://127.0.0.1:8090
	defer sandbox.Close()
	ctx := context.Background()
	c := client.New(sandbox.URL)

	opening := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("JST", 9*60*60))
	err := c.Arrange(ctx, "my-test", client.Setup{Clock: &client.ClockMove{Now: &opening, Running: new(false)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer c.Delete(ctx, "my-test")

	sms, err := c.AwaitSMS(ctx, "my-test", "090-0000-1001", "", 5*time.Second)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the passcode is", sms.Passcode.Code)

	clock, err := c.Advance(ctx, "my-test", sms.Passcode.ExpiresAt.Sub(opening))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("it is", clock.Now.Format("15:04"), "and the passcode has expired")

	if _, err := c.AwaitMail(ctx, "my-test", "", "", 0); errors.Is(err, client.ErrNothingArrived) {
		fmt.Println("no mail was sent")
	}
	// Output:
	// the passcode is 012345
	// it is 10:10 and the passcode has expired
	// no mail was sent
}

// A backend of one's own sends by the providers' protocols, with credentials that
// name no world: what goes to a number that the test's world has claimed is there.
// Every tenth SMS is lost, the same ones in each run.
func Example_providers() {
	sandbox := stub() // or the address of a console, such as http://127.0.0.1:8090
	defer sandbox.Close()
	ctx := context.Background()
	c := client.New(sandbox.URL)

	providers, err := c.Providers(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the backend sends by", providers.REST)

	if err := c.Claim(ctx, "my-test", "090-0000-1001"); err != nil {
		fmt.Println(err)
		return
	}
	plan, err := c.Plan(
		ctx,
		"my-test",
		client.ProviderSMS,
		client.Plan{Seed: 42, Faults: []client.Fault{{Kind: "lose", Percent: 10, Times: 100}}},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("chance has the seed", plan.Seed)

	sms, err := c.AwaitSMS(ctx, "my-test", "090-0000-1001", "", 5*time.Second)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the passcode is", sms.Passcode.Code)
	// Output:
	// the backend sends by http://127.0.0.1:8091
	// chance has the seed 42
	// the passcode is 012345
}

// The telephone is controlled in the same words as SMS and mail: what goes wrong
// is planned, a call is waited for, and all is forgotten. Somebody's telephone
// calls meanwhile; it finds the line engaged once.
func Example_telephone() {
	sandbox := stub() // or the address of a console, such as http://127.0.0.1:8090
	defer sandbox.Close()
	ctx := context.Background()
	c := client.New(sandbox.URL)

	if err := c.PlanFaults(ctx, "my-test", client.ProviderCall, client.Fault{Kind: "busy", From: "03-0000-1009"}); err != nil {
		fmt.Println(err)
		return
	}
	call, err := c.AwaitCallEnd(ctx, "my-test", "03-0000-1009", "", 5*time.Second)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(call.Outcome, call.Guidance, call.HeardAll)
	if err := c.ForgetCalls(ctx, "my-test", ""); err != nil {
		fmt.Println(err)
	}
	// Output:
	// answered ご本人様の確認ができました。 true
}
