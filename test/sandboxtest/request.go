package sandboxtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/sandbox/server"
)

// HanakosForm is what 花子さん enters to register.
const HanakosForm = `{"card_number":"4242420000010017","expiry_month":"11","expiry_year":"35","security_code":"123","net_answer_id":"hanako2026",` +
	`"password":"Secret-2026","password_confirmation":"Secret-2026","email_pc":"hanako@example.jp","terms_agreed":true}`

// Fetch gets a URL, as host where that is not "".
func Fetch(t testing.TB, url, host string) (status int, body string) {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if host != "" {
		q.Host = host
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// A Caller speaks JSON to a sandbox, in one world.
type Caller struct {
	HTTP  *http.Client // nil for the default
	World string
}

// Do sends a body, "" for none, and reads the answer into out, nil for nowhere.
// A status of 300 or more is an error, unless out is nil.
func (c Caller) Do(method, url, body string, out any) error {
	q, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Netanswer-World", c.World)
	if body != "" {
		q.Header.Set("Content-Type", "application/json")
	}
	with := c.HTTP
	if with == nil {
		with = http.DefaultClient
	}
	answer, err := with.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || out == nil {
		return err
	}
	if answer.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d %s", method, url, answer.StatusCode, data)
	}
	return json.Unmarshal(data, out)
}

// SendSMS sends one SMS by Twilio's REST into a world.
func SendSMS(s *server.Sandbox, world string) error {
	answer, err := http.PostForm(
		strings.Replace(s.RESTURL, "://", "://AC"+world+":token@", 1)+"/2010-04-01/Accounts/AC"+world+"/Messages.json",
		url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"hello"}},
	)
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

// AnswerTimeout bounds how long a connection of a test may last.
const AnswerTimeout = 20 * time.Second

// Answers connects, says something and reads until the wanted answer has come.
func Answers(address, says, want string) error {
	c, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(clock.Machine().Add(AnswerTimeout)); err != nil {
		return err
	}
	if _, err := io.WriteString(c, says); err != nil {
		return err
	}
	var heard []byte
	for part := make([]byte, 4096); ; {
		n, err := c.Read(part)
		if heard = append(heard, part[:n]...); strings.Contains(string(heard), want) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%q: %w", heard, err)
		}
	}
}
