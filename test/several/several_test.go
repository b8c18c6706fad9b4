package several_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/netanswer/client"
	"example.com/netanswer/test/postgres"
	"example.com/netanswer/test/sandboxtest"
)

// TestSeveralSandboxesServeTheSameWorlds has three of them over one database.
func TestSeveralSandboxesServeTheSameWorlds(t *testing.T) {
	t.Parallel()
	server := postgres.Start(t, "fsync=off")
	t.Run("the scenarios pass", func(t *testing.T) { scenariosPass(t, server.Database(t)) })
	t.Run("what comes over the wire", func(t *testing.T) { overTheWire(t, server.Database(t)) })
	t.Run("calls by SIP", func(t *testing.T) { callsBySIP(t, server.Database(t)) })
	t.Run("killed while a provider is told", func(t *testing.T) { killedWhileTelling(t, server) })
	t.Run("a receipt by SMPP", func(t *testing.T) { receiptOnce(t, server.Database(t)) })
	t.Run("who watches", func(t *testing.T) { watchesElsewhere(t, server.Database(t)) })
	t.Run("one tap sent to two", func(t *testing.T) { oneTap(t, server.Database(t)) })
	t.Run("a snapshot", func(t *testing.T) { snapshotElsewhere(t, server.Database(t)) })
	t.Run("one is killed and one is added", func(t *testing.T) { nothingIsLost(t, server.Database(t)) })
}

// scenariosPass goes through a share of the scenarios.
func scenariosPass(t *testing.T, database string) {
	b := balance(t, begin(t, database), begin(t, database), begin(t, database))
	said, err := sandboxtest.Netanswer(t, "verify", "-driver", "api", "-shard", "1/3", "-out", t.TempDir(),
		"-member", b.member, "-console", b.console)
	if err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// overTheWire sends to one sandbox and looks at another.
func overTheWire(t *testing.T, database string) {
	one, two, three := begin(t, database), begin(t, database), begin(t, database)
	at := map[*sandbox]*client.Client{one: client.New(one.at["console"]), two: client.New(two.at["console"]), three: client.New(three.at["console"])}
	if err := at[one].Arrange(t.Context(), "mine", client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"hanako@example.jp", "090-0000-1001"} {
		if err := at[one].Claim(t.Context(), "mine", to); err != nil {
			t.Fatal(err)
		}
	}
	mail := make(chan error, 1)
	go func() {
		_, err := at[three].AwaitMail(context.Background(), "mine", "hanako@example.jp", "", 30*time.Second)
		mail <- err
	}()
	sends := "EHLO x\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<hanako@example.jp>\r\nDATA\r\nSubject: x\r\n\r\nhello\r\n.\r\n"
	if err := sandboxtest.Answers(two.at["smtp"], sends, "queued"); err != nil {
		t.Fatal(err)
	}
	if err := <-mail; err != nil {
		t.Errorf("who waits at the third for a mail to the second: %v", err)
	}
	toldOnce(t, at, one, two, three)
}

// toldOnce has the sandbox end that took a message whose sender is to be told.
func toldOnce(t *testing.T, at map[*sandbox]*client.Client, one, two, three *sandbox) {
	told := make(chan string, 100)
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { told <- r.FormValue("MessageStatus") }))
	defer receiver.Close()
	if err := at[one].PlanFaults(t.Context(), "mine", client.ProviderSMS, client.Fault{Kind: "delay", Times: 1, By: "1h"}); err != nil {
		t.Fatal(err)
	}
	const messages = "/2010-04-01/Accounts/ACnetanswer/Messages.json"
	account := func(s *sandbox) string { return strings.Replace(s.at["rest"], "://", "://ACnetanswer:token@", 1) }
	answer, err := http.PostForm(account(two)+messages,
		url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"hello"}, "StatusCallback": {receiver.URL}})
	if err != nil || answer.StatusCode != http.StatusCreated {
		t.Fatal(answer, err)
	}
	answer.Body.Close()
	if status, body := sandboxtest.Fetch(t, account(three)+messages, ""); status != http.StatusOK || !strings.Contains(body, `"body":"hello"`) {
		t.Errorf("another sandbox lists: %d %s", status, body)
	}
	if _, err := at[one].Advance(t.Context(), "mine", 2*time.Second); err != nil {
		t.Fatal(err)
	}
	if got := <-told; got != "sent" {
		t.Errorf("told %q", got)
	}
	two.kill()
	if _, err := at[three].Advance(t.Context(), "mine", time.Hour); err != nil {
		t.Fatal(err)
	}
	if got := <-told; got != "delivered" {
		t.Errorf("told %q", got)
	}
	sandboxtest.Eventually(t, 10*time.Second, func() bool { // it is in the timeline, so nobody else is about to
		events, err := at[one].Timeline(t.Context(), "mine")
		return err == nil && strings.Contains(fmt.Sprint(events), "SMSの状態 delivered を知らせました")
	})
	if len(told) > 0 {
		t.Errorf("told once more: %q", <-told)
	}
}

// snapshotElsewhere takes a snapshot at one sandbox and forks it at another.
func snapshotElsewhere(t *testing.T, database string) {
	one, two := client.New(begin(t, database).at["console"]), client.New(begin(t, database).at["console"])
	if err := one.Arrange(t.Context(), "mine", client.Setup{Clock: sandboxtest.Frozen()}); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Take(t.Context(), "kept", client.Taking{World: "mine"}); err != nil {
		t.Fatal(err)
	}
	if _, err := two.ForkSnapshot(t.Context(), "kept", "theirs"); err != nil {
		t.Fatal(err)
	}
	if all, err := two.Worlds(t.Context(), ""); err != nil || len(all) != 2 {
		t.Errorf("worlds: %v %v", all, err)
	}
}

// nothingIsLost registers members while one sandbox is killed and another added.
func nothingIsLost(t *testing.T, database string) {
	const clients, each = 6, 8
	first := begin(t, database)
	b := balance(t, first, begin(t, database), begin(t, database))
	done := make(chan string, clients*each)
	var group sync.WaitGroup
	for c := range clients {
		group.Go(func() {
			if err := registerMembers(b, fmt.Sprintf("load-%d", c), each, done); err != nil {
				t.Error(err)
			}
		})
	}
	for range clients * each / 3 {
		<-done
	}
	first.kill()
	second := begin(t, database)
	b.instead(first, second)
	group.Wait()
	for c := range clients { // at the one that came last
		all, err := client.New(second.at["console"]).Registrations(t.Context(), fmt.Sprintf("load-%d", c))
		completed := 0
		for _, r := range all {
			if r.State == "completed" {
				completed++
			}
		}
		if err != nil || completed != each {
			t.Errorf("world %d: %d of %d registrations are completed: %v", c, completed, each, err)
		}
	}
}

// registerMembers registers members of a world, one after the other. What did not
// come to an answer is asked again.
func registerMembers(b *balancer, world string, n int, done chan<- string) error {
	members, err := client.New(b.console).Generate(context.Background(), world, n)
	if err != nil {
		return err
	}
	for _, m := range members {
		id, err := register(b, world, m)
		if err != nil {
			return err
		}
		done <- id
	}
	return nil
}

// maxTries bounds the requests of one registration.
const maxTries = 500

// register goes on from whatever state the registration is in.
func register(b *balancer, world string, m client.Member) (string, error) {
	var r struct{ ID, State string }
	card := m.Cards[0]
	form := fmt.Sprintf(`{"card_number":%q,"expiry_month":%q,"expiry_year":%q,"security_code":%q,"net_answer_id":"several%s","password":"Secret-2026",
		"password_confirmation":"Secret-2026","email_pc":"b@example.jp","terms_agreed":true}`,
		card.Number, card.Expiry[:2], card.Expiry[3:], card.SecurityCode, card.Number[8:])
	api := b.member + "/api/registrations"
	var last error
	for range maxTries {
		step, path, body := http.MethodGet, "/"+r.ID, ""
		switch r.State {
		case "":
			if r.ID == "" {
				step, path = http.MethodPost, ""
			}
		case "input":
			step, path, body = http.MethodPut, path+"/form", form
		case "confirm":
			step, path = http.MethodPost, path+"/identity-check"
		case "passcode":
			entered, err := passcode(b, world, m.Phone)
			if err != nil {
				last = err
				continue
			}
			step, path, body = http.MethodPost, path+"/passcode", entered
		case "completed":
			return r.ID, nil
		}
		status, err := ask(step, api+path, world, body, &r)
		if err != nil || status >= http.StatusBadRequest { // ask how far it has come
			last, r.State = fmt.Errorf("%s %s: %d %w", step, path, status, err), ""
		}
	}
	return "", fmt.Errorf("registration %s of world %s is not completed: %w", r.ID, world, last)
}

// passcode is the body with the passcode of the newest SMS.
func passcode(b *balancer, world, phone string) (string, error) {
	sms, err := client.New(b.console).AwaitSMS(context.Background(), world, phone, "", 5*time.Second)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`{"passcode":%q}`, sms.Passcode.Code), nil
}
